"""Which folders a site is never written to."""

from pathlib import Path

from sitegen.diagnostics.model import Diagnostic, Location
from sitegen.store.manifest import NAME, STAGE

_OURS = ("content", "layouts", ".sitegen", ".git", ".github")


def refused(root: Path, output: Path) -> Diagnostic | None:
    """Why the site in `root` must not be written to `output`, None if it may.

    Links are followed before paths are compared, and compared by component. Nothing is touched.
    """
    reason = _reason(root.resolve(), output)
    return (
        Diagnostic("output-refused", Location(str(output)), {"path": str(output)}, reason)
        if reason
        else None
    )


def _reason(root: Path, output: Path) -> str:
    """A word for why `output` is refused, which is a variant of the fault; "" if it is not."""
    if not str(output).strip() or str(output) in {".", ".."}:
        return "project"
    if output.is_symlink():
        return "link"
    target, home = output.resolve(), _home()
    if target == Path(target.anchor):
        return "root"
    if home and (target == home or target in home.parents):
        return "home"
    if target == root or target in root.parents:
        return "project"
    if any(target == root / name or (root / name) in target.parents for name in _OURS):
        return "inside"
    if not target.exists():
        return ""
    if not target.is_dir():
        return "file"
    if (target / ".git").exists():
        return "repository"
    others = any(entry.name != STAGE for entry in target.iterdir())
    return "foreign" if others and not (target / NAME).is_file() else ""


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except RuntimeError:  # nobody whom this machine knows
        return None
