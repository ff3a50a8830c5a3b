"""One Spark session for all tests: to start one takes as long as they do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

AT_ONCE = 4_000
"""Rows of an Arrow batch, so that each of two partitions comes in several."""

JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Options of Java, which runs for a minute here: its second compiler takes longer than it saves."""


def java_version() -> int:
    """The feature release of the Java at hand; 0 where there is none."""
    java = shutil.which("java")
    if java is None:
        return 0
    described = subprocess.run(
        [java, "-version"], capture_output=True, text=True, check=True
    ).stderr
    number = described.partition('"')[2].partition('"')[0]
    return int(number.split(".")[0])


@pytest.fixture(scope="session")
def session() -> Generator[SparkSession, None, None]:
    sql = pytest.importorskip("pyspark.sql", reason='pyspark is not installed: "detente[spark]"')
    if java_version() < 17:
        pytest.skip(
            "Spark needs Java 17 or later (on Debian: apt-get install default-jre-headless)"
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        found = (
            sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", str(AT_ONCE))
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.driver.extraJavaOptions", JAVA)
            .getOrCreate()
        )
        yield found
        found.stop()
