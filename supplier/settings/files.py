"""Static files, pictures and their renditions."""

from .env import BASE_DIR, VAR_DIR, flag, text

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = text("MEDIA_ROOT") or VAR_DIR / "media"
#: Serve public media from Django (the demo); in production the web server or S3 does it.
SERVE_MEDIA = flag("SERVE_MEDIA")

#: For work on the styles and for tests: serve static files as they lie in the tree, without collectstatic.
STATIC_FROM_SOURCE = flag("STATIC_FROM_SOURCE")
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = STATIC_FROM_SOURCE

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if STATIC_FROM_SOURCE
        else "supplier.look.storage.SheetStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

PICTURES = {
    "BREAKPOINTS": {"phone": 480, "tablet": 960, "desk": 1760},
    # Widths of renditions: 440, 880, 1320 and 1760 pixels, as far as the original reaches.
    "GRID_COLUMNS": 4,
    "CONTAINER_WIDTH": 1760,
    "PIXEL_DENSITIES": [1],
    "FILE_TYPES": ["AVIF", "WEBP"],
    "USE_PLACEHOLDERS": False,
    "PICTURE_CLASS": "catalog.texts.pictures.ShopPicture",
    "PROCESSOR": "catalog.texts.pictures.process_later",
}

#: A body larger than this is refused with our own 400 page; the longest honest form is a pasted list of 500 lines.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
