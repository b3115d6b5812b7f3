"""Java programs for the tests, built by Maven of what Maven Central serves and kept outside of the repository."""

from __future__ import annotations

import hashlib
import pathlib
import shutil
import subprocess
import tempfile

import pytest

PROJECTS = pathlib.Path(__file__).parent / "java"


def java_program(name: str, cache: pathlib.Path) -> str:
    """The jar of a project of `PROJECTS`, built once for each state of its `pom.xml`; without Java, Maven or its artifacts the test is skipped aloud.

    Args:
        name: The project's folder.
        cache: Where jars are kept.
    """
    project = PROJECTS / name / "pom.xml"
    jar = cache / f"{name}-{hashlib.blake2b(project.read_bytes(), digest_size=8).hexdigest()}.jar"
    if not jar.exists():
        for tool in ("java", "mvn"):
            if shutil.which(tool) is None:
                pytest.skip(f"{tool} is not installed: {name} is a Java program that Maven builds")
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            shutil.copy(project, folder)
            built = subprocess.run(["mvn", "-B", "-q", "package"], cwd=folder, capture_output=True, encoding="utf-8", check=False)
            if built.returncode != 0:
                reason = next((line for line in built.stdout.splitlines() if "artifact" in line), "mvn failed")
                pytest.skip(f"Maven cannot build {name}: {reason[:300]}")
            (found,) = pathlib.Path(folder, "target").glob(f"{name}-*.jar")
            found.replace(jar)
    return str(jar)
