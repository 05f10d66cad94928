//! Which package brings a module: the names of those that guides use, where nobody else may have a package of that name.

/// Modules with the package that brings them, where that has another name.
const OTHERS: [(&str, &str); 21] = [
    ("Crypto", "pycryptodome"),
    ("OpenSSL", "pyopenssl"),
    ("PIL", "pillow"),
    ("attr", "attrs"),
    ("bs4", "beautifulsoup4"),
    ("cv2", "opencv-python-headless"),
    ("dateutil", "python-dateutil"),
    ("docx", "python-docx"),
    ("dotenv", "python-dotenv"),
    ("fitz", "pymupdf"),
    ("git", "gitpython"),
    ("jose", "python-jose"),
    ("jwt", "pyjwt"),
    ("magic", "python-magic"),
    ("multipart", "python-multipart"),
    ("mysql", "mysql-connector-python"),
    ("psycopg2", "psycopg2-binary"),
    ("serial", "pyserial"),
    ("skimage", "scikit-image"),
    ("sklearn", "scikit-learn"),
    ("yaml", "pyyaml"),
];

/// Modules whose package has the same name.
const SAME: [&str; 72] = [
    "aiofiles",
    "aiohttp",
    "altair",
    "anyio",
    "arrow",
    "attrs",
    "boto3",
    "cachetools",
    "celery",
    "click",
    "cryptography",
    "cython",
    "dask",
    "django",
    "fakeredis",
    "fastapi",
    "flask",
    "gensim",
    "gevent",
    "greenlet",
    "gunicorn",
    "httpx",
    "hypothesis",
    "jinja2",
    "joblib",
    "jsonschema",
    "keras",
    "lightgbm",
    "loguru",
    "lxml",
    "marshmallow",
    "matplotlib",
    "more_itertools",
    "msgpack",
    "networkx",
    "nltk",
    "numba",
    "numpy",
    "openpyxl",
    "orjson",
    "pandas",
    "pika",
    "plotly",
    "polars",
    "psutil",
    "psycopg",
    "pyarrow",
    "pydantic",
    "pygments",
    "pymongo",
    "pytest",
    "pytz",
    "redis",
    "regex",
    "requests",
    "rich",
    "scipy",
    "seaborn",
    "sortedcontainers",
    "spacy",
    "sqlalchemy",
    "sqlmodel",
    "starlette",
    "statsmodels",
    "structlog",
    "sympy",
    "tenacity",
    "toolz",
    "tqdm",
    "typer",
    "uvicorn",
    "uvloop",
];

/// The package that brings a module, when it is a well-known one.
pub(crate) fn package(module: &str) -> Option<&'static str> {
    let other = OTHERS.iter().find(|(name, _)| *name == module);
    let same = || SAME.iter().find(|name| **name == module).copied();
    other.map(|(_, package)| *package).or_else(same)
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn well_known_modules_have_a_package() {
        assert_eq!(package("yaml"), Some("pyyaml"));
        assert_eq!(package("numpy"), Some("numpy"));
        assert_eq!(package("my_app"), None);
    }
}
