"""PostgreSQL everywhere: DATABASE_URL, or the embedded server in var/ when it is not set."""

from django.core.exceptions import ImproperlyConfigured

from .env import VAR_DIR, env, text


def _database() -> dict[str, object]:
    if not text("DATABASE_URL"):
        return {
            "ENGINE": "supplier.postgres",
            "NAME": text("EMBEDDED_DATABASE", "shop"),
            "OPTIONS": {"data_dir": str(VAR_DIR / "pg")},
        }
    database = dict(env.db("DATABASE_URL"))
    if "postgres" not in str(database["ENGINE"]):
        raise ImproperlyConfigured(
            "DATABASE_URL does not name a PostgreSQL server. "
            "Set DATABASE_URL=postgres://user:password@host:5432/shop, or unset it to use the embedded server."
        )
    return database


DATABASES = {
    "default": {
        **_database(),
        "ATOMIC_REQUESTS": False,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
    }
}

#: procrastinate's worker: a killed worker's jobs are free again within seconds; done jobs leave nothing behind.
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": 2,
    "stalled_worker_timeout": 10,
    "delete_jobs": "successful",
}
