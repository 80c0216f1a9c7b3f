"""What kind of file a path names: the same on every machine."""

_TEXT = {
    "html": "text/html",
    "htm": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "txt": "text/plain",
    "md": "text/plain",
    "csv": "text/csv",
    "vtt": "text/vtt",
    "xml": "application/xml",
    "xsl": "application/xslt+xml",
    "json": "application/json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
}
_BINARY = {
    "avif": "image/avif",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "jxl": "image/jxl",
    "png": "image/png",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "otf": "font/otf",
    "ttf": "font/ttf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "gz": "application/gzip",
    "zip": "application/zip",
    "wasm": "application/wasm",
}
_NAMES = {
    "atom.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
    "feed.json": "application/feed+json",
    "_redirects": "text/plain",
    "_headers": "text/plain",
    ".htaccess": "text/plain",
    "CNAME": "text/plain",
}


def kind(path: str) -> str:
    """The media type of the file at `path`, with the charset where it is text."""
    name = path.rpartition("/")[2]
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    said = _NAMES.get(name) or _TEXT.get(suffix)
    return f"{said}; charset=utf-8" if said else _BINARY.get(suffix, "application/octet-stream")
