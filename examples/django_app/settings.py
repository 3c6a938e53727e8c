"""All settings of the application."""

SECRET_KEY = "of an example that serves nobody"  # noqa: S105 - it protects nothing
INSTALLED_APPS = ["django_app"]
ROOT_URLCONF = "django_app.views"
ALLOWED_HOSTS = ["testserver"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "sales.db",
        # A transaction that reads first and writes later is told "locked" if another one was faster.
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
    }
}
