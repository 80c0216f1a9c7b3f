"""Wrong use of the command line -> what to say, in the language of the site."""

import click

from sitegen import summary


def error(language: str, key: str, **words: object) -> click.ClickException:
    """The error of what cannot be meant: the phrase `key`, its holes filled with `words`."""
    return click.ClickException(summary.words(language)[key].format(**words))


def told(error: click.ClickException, language: str) -> str:
    """What to say of `error`; click's own text where we have no words."""
    phrases, said = summary.words(language), error.format_message()
    kind = "ExtraArgument" if "extra argument" in error.message else type(error).__name__
    if kind == "NoArgsIsHelpError":  # since click 8.2
        return said
    if kind in phrases:
        said = phrases[kind].format(**_concerned(error, language))
    context = getattr(error, "ctx", None)  # our own errors have none
    usage = phrases["help"].format(command=context.command_path) if context else ""
    return f"✗ {said}\n{usage}".rstrip()


def _concerned(error: click.ClickException, language: str) -> dict[str, str]:
    """What `error` is about: an option, command or argument, its near name, the right values."""
    name = getattr(error, "option_name", "") or getattr(error, "command_name", "")
    wanted = error.message
    if isinstance(error, click.BadParameter) and error.param:
        name = error.param.get_error_hint(error.ctx).strip("'")
        if isinstance(kind := error.param.type, click.Choice):
            wanted = " ".join(kind.choices)
        elif isinstance(kind, click.IntRange):
            wanted = f"{kind.min}–{kind.max}"
    nearest, *_ = getattr(error, "possibilities", None) or [""]
    return {"name": name, "wanted": wanted, "near": near(language, nearest)}


def near(language: str, nearest: str) -> str:
    """The end of a sentence that asks whether `nearest` was meant; "" without it."""
    return summary.words(language)["near"].format(nearest=nearest) if nearest else ""
