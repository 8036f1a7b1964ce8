"""How the code is laid out: what no linter checks, held for every file."""

import ast
import re
from functools import wraps
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
PACKAGES = (
    "stemfutures",
    "home",
    "matching",
    "placements",
    "experts",
    "notifications",
    "audit",
    "people",
    "core",
)
PYTHON = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"}
)
MOST_LINES = 400
# files of one long list, which parts would not make clearer
LONGER: set[str] = set()
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "services", "managers_utils"}
QUERIES = {"filter", "exclude", "get", "order_by", "annotate"}
QUERY_MODULES = {"querysets", "actions", "demo", "management", "importers"}
# a question on nothing but one row's own key, or of one module about its own row
REVIEWED = {
    "notifications/adapters.py": "allauth's own table, which has no queryset of ours",
    "home/live/invariants.py": "looks for what should be impossible, past every scope",
    "matching/live/encode.py": "reads whole tables into arrays",
    "matching/live/world.py": "reads whole tables into arrays",
    "people/permissions.py": "allauth's own table, which has no queryset of ours",
    "people/views/account.py": "allauth's own table, which has no queryset of ours",
}
# the reason stands in the comment above the line or beside its twin
REASONED_ABOVE = {
    "core/calendar.py",
    "experts/permissions.py",
    "placements/querysets/applications.py",
}
# the one picture that is drawn by a library: allauth's QR code
DRAWN = {"templates/mfa/totp/activate_form.html"}


def name_of(path):
    return str(path.relative_to(ROOT))


def each(paths):
    """Hold a rule for every file, and name all that break it."""

    def make(rule):
        @wraps(rule)
        def test():
            wrong = {}
            for path in paths:
                try:
                    rule(path)
                except AssertionError as error:
                    wrong[name_of(path)] = str(error)
            assert not wrong

        del test.__wrapped__  # pytest would look for a fixture called path
        return test

    return make


@each(PYTHON)
def test_a_module_is_short_and_says_what_it_is_for(path):
    text = path.read_text()

    assert name_of(path) in LONGER or len(text.splitlines()) <= MOST_LINES
    assert not text or ast.get_docstring(ast.parse(text)), "no docstring"
    assert not FORBIDDEN_NAMES & {path.stem, path.parent.name}


def lines_of(name):
    """Count a file's lines; one that is gone has none."""
    path = ROOT / name
    return len(path.read_text().splitlines()) if path.is_file() else 0


def needless(names):
    """List the files that are excused from being short but are gone, or short enough."""
    return sorted(name for name in names if lines_of(name) <= MOST_LINES)


def test_only_long_files_are_excused_from_being_short():
    assert needless(LONGER) == []


def test_a_needless_excuse_is_found():
    gone, short = "people/forms/nowhere.py", "manage.py"

    assert needless({gone, short}) == [short, gone]


@each(PYTHON)
def test_every_view_that_takes_get_takes_head(path):
    lists = re.findall(r"require_http_methods\(([^)]*)\)", path.read_text())

    assert "require_GET" not in path.read_text(), "require_safe takes HEAD too"
    assert set(lists) <= {'["GET", "HEAD", "POST"]'}


@each(PYTHON + TESTS)
def test_nothing_is_left_to_do(path):
    words = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X"))

    assert not re.search(rf"#\s*({words})\b", path.read_text())


def queries_of(tree):
    """List the questions a module puts to a model's manager, with what it asks for."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in QUERIES:
            continue
        asked = node.func.value
        if isinstance(asked, ast.Attribute) and asked.attr == "objects":
            keys = {keyword.arg for keyword in node.keywords}
            if not keys or not keys <= {"pk", "pk__in"}:
                yield node.lineno, ast.unparse(node)


@each([path for path in PYTHON if not QUERY_MODULES & {path.stem, *path.parts}])
def test_questions_to_the_database_live_in_querysets(path):
    found = list(queries_of(ast.parse(path.read_text())))

    assert not found or name_of(path) in REVIEWED, found


def test_every_reviewed_question_is_still_asked():
    for name in REVIEWED:
        assert list(queries_of(ast.parse((ROOT / name).read_text()))), name


def test_the_search_for_questions_finds_them():
    bad = "Thing.objects.filter(name='x')\nThing.objects.get(pk=1)\nrows.filter(name='x')"

    assert [line for line, _text in queries_of(ast.parse(bad))] == [1]


@each([path for path in PYTHON if path.parent.name == "views" or path.stem == "views"])
def test_a_view_writes_nothing_itself(path):
    writes = {"save", "create", "update", "delete", "bulk_create", "update_or_create"}
    found = [
        (node.lineno, ast.unparse(node.func))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writes
        and "objects" in ast.unparse(node.func)
    ]

    assert not found


@each([path for path in PYTHON if "forms" in {path.stem, path.parent.name}])
def test_a_form_saves_nothing(path):
    found = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"save", "create", "update_or_create"}
    ]

    assert not found


@each([path for path in PYTHON if "forms" in {path.stem, path.parent.name}])
def test_a_model_form_names_its_fields(path):
    text = path.read_text()

    assert "__all__" not in text.replace("__all__ = [", "")
    assert not re.search(r"^\s+exclude\s*=", text, re.MULTILINE)


def is_action(path):
    return path.stem == "actions" or path.parent.name == "actions"


@each([path for path in PYTHON if is_action(path)])
def test_a_public_action_that_records_is_atomic(path):
    tree = ast.parse(path.read_text())
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        body = ast.unparse(node)
        writes = re.search(r"\brecord(_change)?\(|\bqueue_email\(", body)
        decorators = {ast.unparse(each) for each in node.decorator_list}
        atomic = "transaction.atomic" in decorators or "transaction.atomic()" in body
        names = {argument.arg for argument in node.args.args + node.args.kwonlyargs}
        if writes and "queue_email" not in node.name:
            assert atomic or takes_a_locked_row(node), f"{node.name} is not atomic"
            assert names & {"by", "asked", "request"} or "system()" in body, node.name


def takes_a_locked_row(node):
    """Tell whether a helper says that its caller holds the lock and the transaction."""
    said = ast.get_docstring(node) or ""
    return "locked" in said or "caller's transaction" in said


@each([path for path in PYTHON if path.suffix == ".py"])
def test_nobody_turns_off_a_guard(path):
    text = path.read_text()

    assert "csrf_exempt" not in text
    assert not re.search(r"filter\(\*\*request", text)
    for line in text.splitlines():
        if "# noqa" in line or "# type: ignore" in line or "pragma: no cover" in line:
            reason = re.sub(r"#\s*(noqa|type: ignore)(: [A-Z0-9, ]+|\[[a-z,-]+\])?", "", line)
            assert name_of(path) in REASONED_ABOVE or re.search(r"(- |# )\S+ \w+", reason), line


@each(TEMPLATES)
def test_a_template_has_no_style_no_handler_and_nothing_to_drag(path):
    text = path.read_text()

    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son(click|change|load|submit|error|input|key\w+|mouse\w+)\s*=", text)
    assert "<select multiple" not in text
    assert "draggable" not in text
    assert "<script>" not in text
    assert name_of(path) in DRAWN or not re.search(r"\|\s*safe\b", text)


ALL_TEXT = "\n".join(path.read_text() for path in [*PYTHON, *TEMPLATES])


def test_every_template_is_used():
    unused = []
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        stem = re.sub(r"_(subject|body)$", "", path.stem)
        known = name in ALL_TEXT or f'"{stem}"' in ALL_TEXT or f"/{stem}" in ALL_TEXT
        if not known and path.parent.name != "components":
            unused.append(name)

    assert not [name for name in unused if not is_named_by_its_place(name)]


def is_named_by_its_place(name):
    """Tell whether a page's name is put together from where it stands."""
    return re.fullmatch(r"\d{3}\.html", name) or name.startswith(
        ("home/content/", "forms/", "allauth/", "mfa/", "placements/manager_")
    )


def test_every_template_compiles():
    for path in TEMPLATES:
        get_template(str(path.relative_to(ROOT / "templates")))


def test_every_model_has_an_order_and_protects_people():
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
    assert ours
    for model in ours:
        meta = model._meta  # noqa: SLF001 - Django's documented way to look at a model
        assert meta.ordering, model
        for field in meta.get_fields():
            if field.many_to_one and field.concrete:
                assert field.remote_field.related_name, field
                if field.related_model.__name__ == "User":
                    assert field.remote_field.on_delete.__name__ == "PROTECT", field
