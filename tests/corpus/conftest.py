"""One Dask cluster for all tests: to start one takes longer than most of them."""

import pytest


@pytest.fixture(scope="session")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        memory_limit=0,
        dashboard_address=":0",
        silence_logs=50,
    ) as made:
        yield made


@pytest.fixture(params=["processes", "dask"])
def engine(request):
    """How ``run`` is told who works."""
    if request.param == "processes":
        return {"processes": 2}
    return {"scheduler": request.getfixturevalue("cluster").scheduler_address}
