"""The notebook in docs/ runs from top to bottom."""

import shutil
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.ipynb")), ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore")  # of the machinery of notebooks
def test_notebook_runs(path, tmp_path):
    for name in ("nbclient", "nbformat", "ipykernel", "pandas", "geopandas"):
        pytest.importorskip(name, reason=f"{name} is not installed (dependency group notebooks)")
    import nbclient
    import nbformat

    folder = tmp_path / "docs"
    folder.mkdir()
    (tmp_path / "tests" / "ledger").mkdir(parents=True)
    shutil.copytree(DOCS.parent / "tests" / "ledger" / "pair", tmp_path / "tests" / "ledger" / "pair")
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), (
        "outputs are not stored: they would grow old"
    )
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
