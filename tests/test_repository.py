"""What holds for the repository as a whole."""

from __future__ import annotations

import ast
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import detente
from hatch_build import OUTPUT, PRODUCTS, NotCompiledError, Product, update
from tools.check_stale import compiled_otherwise, stale_products, unsourced_folders
from tools.check_text import findings, tracked_files
from tools.readme_answer import renewed

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def normal(name: str) -> str:
    """Write the name of a distribution the way that compares equal."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    """Return the pinned distributions and their versions."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("==") for line in lines if line and not line.startswith("#")]
    return {normal(name): version for name, _, version in pairs}


def test_every_verb_of_the_makefile_says_what_it_does() -> None:
    verbs = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))
    explained = set(re.findall(r"^([a-z][a-z-]*):.*?## \S", MAKEFILE, re.MULTILINE))
    assert verbs
    assert verbs == explained


def test_every_verb_of_the_makefile_is_phony() -> None:
    verbs = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)
    phony = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert sorted(verbs) == sorted(" ".join(phony).split())


def test_bare_make_explains_every_verb() -> None:
    run = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [line.split()[1] for line in run.stdout.splitlines()]
    assert sorted(listed) == sorted(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))


def test_the_first_commands_of_the_readme_are_demo_and_test() -> None:
    commands = re.findall(r"^(?:\$ )?(make [a-z]+)", README, re.MULTILINE)
    assert commands[:2] == ["make demo", "make test"]


def test_the_answer_in_the_readme_is_the_one_that_the_command_gives() -> None:
    assert renewed(README) == README


def test_the_demo_asks_the_question_that_the_readme_answers() -> None:
    asked = re.search(r"^QUESTION := (.+)$", MAKEFILE, re.MULTILINE)
    assert asked is not None
    assert f"$ detente {asked[1]}\n" in README


def test_no_committed_text_names_a_registry_or_a_path_of_a_machine() -> None:
    offences = [
        f"{path.relative_to(ROOT)}:{line}: {words}"
        for path in tracked_files(ROOT)
        if b"\0" not in (content := path.read_bytes())
        for line, words, _ in findings(content.decode("utf-8", "replace"))
    ]
    assert offences == []


@pytest.mark.parametrize(
    "text",
    [
        "see https://" + "pypi" + ".org/simple",
        "url = https://files." + "pythonhosted" + ".org/packages/x.whl",
        "pip install --extra-" + "index-url=x detente",
        "open('/" + "home/ada/register')",
        "cd /" + "work/main",
        "C:" + "\\Users\\Ada",
    ],
)
def test_the_text_check_finds_what_it_is_for(text: str) -> None:
    assert len(list(findings(text))) == 1


@pytest.mark.parametrize(
    "text",
    ["either/or", "https://www.cbp.gov/home/trade", "docs/work/plan.md", "#!/usr/bin/env bash"],
)
def test_the_text_check_leaves_ordinary_text_alone(text: str) -> None:
    assert list(findings(text)) == []


def test_the_changelog_has_an_entry_for_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(PROJECT['project']['version'])} ", changelog, re.MULTILINE)


def test_the_package_says_the_version_that_is_built() -> None:
    assert detente.__version__ == PROJECT["project"]["version"]


def test_the_citation_names_this_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {PROJECT['project']['version']}\n" in citation


def test_every_folder_of_tables_says_where_they_come_from() -> None:
    assert (ROOT / "data").is_dir()
    assert unsourced_folders(ROOT / "data") == []


def test_a_folder_of_tables_without_its_source_is_found(tmp_path: Path) -> None:
    (tmp_path / "known").mkdir()
    (tmp_path / "known" / "lines.tsv").touch()
    (tmp_path / "known" / "SOURCE.yaml").touch()
    (tmp_path / "unknown").mkdir()
    (tmp_path / "unknown" / "lines.tsv").touch()
    assert unsourced_folders(tmp_path) == [tmp_path / "unknown"]


def test_constraints_are_names_and_exact_versions() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert pinned
    assert [line for line in pinned if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line)] == []


def test_everything_that_the_project_asks_for_is_pinned() -> None:
    extras = PROJECT["project"].get("optional-dependencies", {})
    wanted = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
        *(requirement for extra in extras.values() for requirement in extra),
    ]
    names = {normal(re.split(r"[^\w.-]", requirement)[0]) for requirement in wanted}
    assert names - {"detente"} - set(pins()) == set()


def test_a_test_that_reaches_for_another_machine_fails() -> None:
    with socket.socket() as client, pytest.raises(PermissionError, match="network"):
        client.connect(("192.0.2.1", 80))  # reserved for documentation, RFC 5737
    with pytest.raises(PermissionError, match="network"):
        socket.getaddrinfo("example.org", 443)


def test_a_test_may_talk_to_this_machine() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize(("setting", "code"), [("true", 1), ("", 0)])
def test_a_skip_fails_the_run_in_ci_and_only_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, code: int
) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (tmp_path / "test_it.py").write_text(
        "import pytest\n"
        "def test_it_runs() -> None: pass\n"
        "@pytest.mark.skip(reason='the lists are not here')\n"
        "def test_it_skips() -> None: pass\n"
    )
    monkeypatch.setenv("CI", setting)
    # What libraries bring for pytest takes longer to load than all else here.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-ra", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == code, run.stdout
    assert "the lists are not here" in run.stdout


def test_a_product_is_current_while_its_inputs_and_its_bytes_are_those_of_the_build(
    tmp_path: Path,
) -> None:
    compiled = tmp_path / OUTPUT / "joined.txt"
    product = joined(tmp_path)
    assert stale_products(tmp_path, [product]) == [
        "src/detente/_data/joined.txt is missing; run `make data`"
    ]
    assert update(tmp_path, tmp_path / OUTPUT, [product]) == ["joined.txt"]
    assert stale_products(tmp_path, [product]) == []
    compiled.write_text("named")
    (touched,) = stale_products(tmp_path, [product])
    assert "is not what the build compiled from data/named/" in touched
    compiled.write_text("named other")
    assert stale_products(tmp_path, [product]) == []
    (tmp_path / "data" / "other" / "a.tsv").write_text("changed")
    (stale,) = stale_products(tmp_path, [product])
    assert "is not what the build compiled from data/named/" in stale


def test_a_product_that_is_compiled_once_more_comes_out_the_same(tmp_path: Path) -> None:
    """A compiler that reads a table which is not among its inputs would leave stale bytes."""
    product = joined(tmp_path)
    update(tmp_path, tmp_path / OUTPUT, [product])
    assert compiled_otherwise(tmp_path, [product]) == []
    (unnamed,) = compiled_otherwise(tmp_path, [product._replace(inputs=())])
    assert "compiled from data/other/a.tsv too" in unnamed
    (tmp_path / OUTPUT / product.file).write_text("named")
    (otherwise,) = compiled_otherwise(tmp_path, [product])
    assert "is not what data/named/ compiles to" in otherwise


@pytest.mark.once
def test_every_product_that_is_compiled_once_more_comes_out_the_same() -> None:
    assert compiled_otherwise(ROOT) == []


def test_a_product_that_is_compiled_apart_is_there_with_the_others(tmp_path: Path) -> None:
    long, other = joined(tmp_path)._replace(apart=True), "other.txt"
    both = [long, long._replace(file=other, apart=False)]
    assert update(tmp_path, tmp_path / OUTPUT, both) == [long.file, other]
    assert {(tmp_path / OUTPUT / each.file).read_text() for each in both} == {"named other"}
    assert update(tmp_path, tmp_path / OUTPUT, both) == []


def test_a_product_that_another_process_cannot_compile_stops_the_build(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    good = joined(tmp_path)._replace(file="good.txt")
    bad = good._replace(file="bad.txt", function="nothing", apart=True)
    with pytest.raises(NotCompiledError, match=r"bad\.txt was not compiled"):
        update(tmp_path, tmp_path / OUTPUT, [bad, good])
    assert "'joining' has no attribute 'nothing'" in capfd.readouterr().err
    assert {each.name for each in (tmp_path / OUTPUT).iterdir()} == {"good.txt", "good.txt.inputs"}


def joined(root: Path) -> Product:
    """A product of two folders of tables, not compiled yet."""
    for folder in ("src", "data/named", "data/other"):
        (root / folder).mkdir(parents=True)
    (root / "src" / "joining.py").write_text(
        "def build(source, target):\n"
        "    texts = [p.read_text() for p in sorted(source.parent.rglob('*.tsv'))]\n"
        "    target.write_text(' '.join(texts))\n"
    )
    sys.modules.pop("joining", None)
    for folder in ("named", "other"):
        (root / "data" / folder / "a.tsv").write_text(folder)
    return Product("joined.txt", "joining", "build", "data/named", ("data/other",))


SAMPLED = """
def build(source, target):
    target.write_text(" ".join(whole(source)))
def some(source, target):
    target.write_text(" ".join(whole(source)[:2]))
def whole(source):
    return sorted(path.read_text() for path in source.iterdir())
"""
IN_NO_ORDER = """
def some(source, target):
    target.write_text(" ".join({f"{number}" for number in range(500)}))
"""


@pytest.fixture
def sampled(tmp_path: Path) -> Product:
    """A product of which a part is compiled once more, as the build leaves it."""
    for folder in ("src", "data/named", OUTPUT):
        (tmp_path / folder).mkdir(parents=True)
    for name in "abc":
        (tmp_path / "data" / "named" / f"{name}.tsv").write_text(name)
    inputs = ("src/sampling.py",)
    product = Product("p.txt", "sampling", "build", "data/named", inputs, sample="some")
    assert built_by(SAMPLED, tmp_path, product) == ["p.txt"]
    assert built_by(SAMPLED, tmp_path, product) == []
    return product


def built_by(compiler: str, root: Path, product: Product) -> list[str]:
    """Bring the product up to date with a compiler of this text; what was compiled."""
    (root / "src" / "sampling.py").write_text(compiler)
    sys.modules.pop("sampling", None)
    return update(root, root / OUTPUT, [product])


def test_of_a_long_product_a_part_is_compiled_twice(tmp_path: Path, sampled: Product) -> None:
    assert (tmp_path / OUTPUT / sampled.file).read_text() == "a b c"
    assert compiled_otherwise(tmp_path, [sampled]) == []


def test_of_a_long_product_a_compiler_without_order_is_found(
    tmp_path: Path, sampled: Product
) -> None:
    built_by(SAMPLED + IN_NO_ORDER, tmp_path, sampled)
    assert compiled_otherwise(tmp_path, [sampled]) == ["sampling.some gives other bytes each time"]


def test_of_a_long_product_a_table_that_no_input_names_is_found(
    tmp_path: Path, sampled: Product
) -> None:
    (tmp_path / "data" / "other.tsv").write_text("other")
    reading = SAMPLED.replace("source.iterdir()", "source.parent.rglob('*.tsv')")
    built_by(reading, tmp_path, sampled)
    (unnamed,) = compiled_otherwise(tmp_path, [sampled])
    assert "compiled from data/other.tsv too" in unnamed


def test_the_build_looks_at_all_code_of_what_is_made_from_answers() -> None:
    """A change of code that is not looked at would leave the compiled cells as they were."""
    (cells,) = (each for each in PRODUCTS if each.file == "cells.sqlite")
    program = (
        f"import sys, {cells.module}\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('detente.')))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    source = Path(detente.__file__).parent
    used = {Path(name).relative_to(source).as_posix() for name in run.stdout.split()}
    looked_at = [name.removeprefix("src/detente/") for name in cells.inputs]
    foundation = ("_", "store/", "batch/__init__.py")
    unseen = {name for name in used if not name.startswith((*looked_at, *foundation))}
    # The file of a room that holds no more than its sentence decides nothing.
    assert not {name for name in unseen if len(ast.parse((source / name).read_text()).body) > 1}
