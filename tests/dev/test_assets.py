"""What is built for the browser: the stylesheet compiles, the script names no source map."""

import pytest

from dev import assets
from dev.processes import CannotRun


@pytest.mark.parametrize("before", ["", "\n"])
def test_the_name_of_a_source_map_is_dropped_and_nothing_else(before):
    script = f"export const a = 1;{before}//# sourceMappingURL=a.js.map\nexport const b = 2;\n"
    left = assets.without_source_map(script)
    assert left.split() == ["export", "const", "a", "=", "1;", "export", "const", "b", "=", "2;"]


def test_govuk_script_stays_a_module_without_a_source_map():
    script = assets.without_source_map(assets.SCRIPT.read_text())
    assert "export{" in script.replace(" ", "")
    assert "sourceMappingURL" not in script


def test_a_stylesheet_compiles_with_the_packages_of_npm(tmp_path):
    source, target = tmp_path / "a.scss", tmp_path / "a.css"
    source.write_text('@use "govuk-frontend/dist/govuk/components/button";')
    assets.compile_stylesheet(source, target)
    assert ".govuk-button{" in target.read_text()


def test_a_stylesheet_that_does_not_compile_says_where(tmp_path):
    source = tmp_path / "a.scss"
    source.write_text("a { color: $missing; }")
    with pytest.raises(CannotRun, match=r"(?s)does not compile.*Undefined variable"):
        assets.compile_stylesheet(source, tmp_path / "a.css")


def test_any_change_of_a_source_is_seen(tmp_path):
    source = tmp_path / "a.scss"
    source.write_text("a { color: red; }")
    before = assets.fingerprint(tmp_path, "")
    assert assets.fingerprint(tmp_path, "") == before
    assert assets.fingerprint(tmp_path, "govuk") != before
    source.write_text("a { color: blue; }")
    assert assets.fingerprint(tmp_path, "") != before
