"""What a command came to, in words for people and in one line for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sitegen.model import Held
from sitegen.run import Outcome

_JA = {
    "built": "✓ {pages:,} ページ（記事 {posts:,}）を {output} に書き出しました  {seconds:.2f} 秒",
    "checked": "✓ 問題なく書き出せます: {pages:,} ページ（記事 {posts:,}）  {seconds:.2f} 秒",
    "elsewhere": "✓ 挙げたファイルにエラーはありません。ただし、ほかにエラー {errors}・"
    "警告 {warnings} があり、このままでは書き出せません",
    "changes": "  書き換え {rendered:,} · 削除 {removed:,}",
    "held": "  公開していないもの: {held}   一覧: sitegen list --held",
    "draft": "下書き {count}",
    "scheduled": "予約 {count}（次は {due}「{title}」）",
    "withdrawn": "取り下げ {count}",
    "warning": "  警告 {count}（{codes}）",
    "info": "  参考 {count}（{codes}）",
    "failed": "✗ 書き出していません: エラー {errors}・警告 {warnings}（ファイル {files}）。"
    "前回の {output} はそのままです",
    "strict": "  --strict では警告も公開を止めます",
    "disk-full": "✗ ディスクの空きがありません{at}{kept}",
    "no-permission": "✗ 読み書きが許されていません{at}{kept}",
    "in-the-way": "✗ フォルダーを置く所に、ファイルかリンクがあります{at}。"
    "消すか、ほかへ移す{kept}",
    "locked": "✗ 別の sitegen がこのサイトを処理しています（10 秒待ちました）。"
    "終わってからやり直す",
    "machine": "✗ {reason}{at}{kept}",
    "memory": "✗ メモリーが足りません{kept}",
    "worker": "✗ 作業プロセスが止められました（メモリー不足かもしれません）。--jobs 1 で試す{kept}",
    "kept": "。前回の {output} はそのままです",
    "interrupted": "✗ 中断しました{kept}",
    "exists": "✗ すでにあります（何も書いていません）: {path}",
    "fixed": "✓ 直しました: {path}（{count} か所）\n",
    "unfinished": "✗ {reason}{at}。公開の途中で止まりました。原因を除いてもう一度実行すれば、"
    "続きから仕上げます",
    "pages": "ページ",
    "added": "追加",
    "changed": "変更",
    "removed": "削除",
    "unpublished": "公開していないもの",
    "next": "次の公開",
    "clock": "  いまの時刻は環境変数 {clock} から取りました（予約の記事があります）",
    # wrong use of the command line; of click's errors by the names of their types
    "NoSuchOption": "オプション {name} はありません{near}",
    "NoSuchCommand": "コマンド {name} はありません{near}",
    "MissingParameter": "引数 {name} が足りません",
    "BadParameter": "{name} に使える値: {wanted}",
    "BadOptionUsage": "{name} の値が足りないか、余分です",
    "ExtraArgument": "引数が多すぎます。空白を含むものは引用符で囲む",
    "no-folder": "-C: フォルダーがありません: {path}",
    "no-url": "--base-url: URL ではありません: {value}",
    "no-epoch": "環境変数 {name}: 1970 年からの秒数ではありません: {value}",
    "no-file": "FILES: ファイルがありません: {path}",
    "outside": "FILES: サイトの外にあります: {path}",
    "no-title": "TITLE: 文字がありません",
    "long-title": "TITLE: 長すぎます（{limit:,} 字まで）",
    "no-source": "--source: URL ではありません: {source}",
    "no-code": "{code} という指摘はありません{near}",
    "near": "。もしかして {nearest}",
    "help": "  使い方: {command} --help",
}
_EN = {
    "built": "✓ {pages:,} pages (posts: {posts:,}) written to {output}  {seconds:.2f} s",
    "checked": "✓ nothing forbids publishing: {pages:,} pages (posts: {posts:,})  {seconds:.2f} s",
    "elsewhere": "✓ no errors in these files, but others forbid publishing "
    "(errors: {errors}, warnings: {warnings})",
    "changes": "  written {rendered:,} · removed {removed:,}",
    "held": "  not published: {held}   see: sitegen list --held",
    "draft": "drafts {count}",
    "scheduled": "scheduled {count} (next {due} “{title}”)",
    "withdrawn": "withdrawn {count}",
    "warning": "  warnings {count} ({codes})",
    "info": "  notes {count} ({codes})",
    "failed": "✗ nothing written (errors: {errors}, warnings: {warnings}, files: {files}). "
    "{output} is as it was",
    "strict": "  with --strict, warnings forbid publishing too",
    "disk-full": "✗ no space left on the disk{at}{kept}",
    "no-permission": "✗ no permission to read or write{at}{kept}",
    "in-the-way": "✗ a file or link lies where a folder has to be{at}. "
    "Delete it or move it away{kept}",
    "locked": "✗ another sitegen is at work on this site (waited 10 s). Try again when it is done",
    "machine": "✗ {reason}{at}{kept}",
    "memory": "✗ out of memory{kept}",
    "worker": "✗ a worker process was stopped (out of memory?). Try --jobs 1{kept}",
    "kept": ". {output} is as it was",
    "interrupted": "✗ interrupted{kept}",
    "exists": "✗ there already (nothing was written): {path}",
    "fixed": "✓ put right: {path} (places: {count})\n",
    "unfinished": "✗ {reason}{at}. Publishing stopped half-way: remove the cause and run it "
    "again, and it will be finished",
    "pages": "pages",
    "added": "added",
    "changed": "changed",
    "removed": "removed",
    "unpublished": "not published",
    "next": "next",
    "bug": "sitegen {version}: this is a bug of sitegen, not of your site. Nothing was published. "
    "Please report it with the lines above (see “Bugs” in the README).",
    "clock": "  the time is that of {clock} in the environment (there are scheduled posts)",
    "NoSuchOption": "there is no option {name}{near}",
    "NoSuchCommand": "there is no command {name}{near}",
    "MissingParameter": "the argument {name} is missing",
    "BadParameter": "{name} takes one of: {wanted}",
    "BadOptionUsage": "{name} lacks its value, or takes none",
    "ExtraArgument": "there are too many arguments; put what holds blanks in quotation marks",
    "no-folder": "-C: there is no folder {path}",
    "no-url": "--base-url: {value} is not a URL",
    "no-epoch": "{name} in the environment: {value} is not a number of seconds since 1970",
    "no-file": "FILES: there is no file {path}",
    "outside": "FILES: {path} is not in the site",
    "no-title": "TITLE: there are no words in it",
    "long-title": "TITLE: it is too long (up to {limit:,} characters)",
    "no-source": "--source: {source} is not a URL",
    "no-code": "there is no code {code}{near}",
    "near": ": did you mean {nearest}?",
    "help": "  usage: {command} --help",
}


def words(language: str) -> Mapping[str, str]:
    """The phrases of `language`."""
    return _EN if language == "en" else _JA


def summary(
    outcome: Outcome,
    language: str,
    *,
    output: str,
    seconds: float,
    written: bool,
    strict: bool,
    clock: str = "",
) -> str:
    """The closing lines for people; `clock` names where the instant came from, if not the clock."""
    phrases, counts = words(language), severities(outcome)
    lines = []
    if outcome.failed:
        told = (found for found in outcome.findings if found.severity != "info")
        files = {found.diagnostic.location.path for found in told}
        lines.append(
            phrases["failed"].format(
                errors=counts["error"], warnings=counts["warning"], files=len(files), output=output
            )
        )
        if strict and not counts["error"]:
            lines.append(phrases["strict"])
        return "\n".join(lines) + "\n"
    made = outcome.made
    opening = phrases["built" if written else "checked"]
    lines.append(opening.format(pages=made.pages, posts=made.posts, output=output, seconds=seconds))
    if written:
        lines.append(phrases["changes"].format(rendered=made.rendered, removed=made.removed))
    if held := list(_held(outcome.held, phrases)):
        lines.append(phrases["held"].format(held=" · ".join(held)))
    if clock and next_due(outcome.held):
        lines.append(phrases["clock"].format(clock=clock))
    lines += _counted(outcome, phrases)
    return "\n".join(lines) + "\n"


def elsewhere(outcome: Outcome, language: str, left: Counter[str]) -> str:
    """The same where `outcome` was narrowed down, and what was `left` out forbids publishing."""
    phrases = words(language)
    opening = phrases["elsewhere"].format(errors=left["error"], warnings=left["warning"])
    return "\n".join([opening, *_counted(outcome, phrases)]) + "\n"


def severities(outcome: Outcome) -> Counter[str]:
    """How many findings of each severity there are."""
    return Counter(found.severity for found in outcome.findings)


def _counted(outcome: Outcome, phrases: Mapping[str, str]) -> Iterator[str]:
    """The lines that count what forbids nothing, by code."""
    for severity in ("warning", "info"):
        codes = Counter(one.diagnostic.code for one in outcome.findings if one.severity == severity)
        if codes:
            listed = ", ".join(f"{code} ×{count}" for code, count in sorted(codes.items()))
            yield phrases[severity].format(count=codes.total(), codes=listed)


def _held(held: Iterable[Held], phrases: Mapping[str, str]) -> Iterable[str]:
    """How many files are held back for each reason, and when the next one is due."""
    reasons: dict[str, list[Held]] = {}
    for one in held:
        reasons.setdefault(one.reason, []).append(one)
    for reason in ("draft", "scheduled", "withdrawn"):
        if found := reasons.get(reason):
            following = next_due(found)
            due = following.due.iso[:16].replace("T", " ") if following and following.due else ""
            title = following.title if following else ""
            yield phrases[reason].format(count=len(found), due=due, title=title)


def next_due(held: Iterable[Held]) -> Held | None:
    """The scheduled post that is published next."""
    due = [one for one in held if one.due]
    return min(due, key=lambda one: (one.due.epoch if one.due else 0, one.path), default=None)


def facts(outcome: Outcome, seconds: float) -> dict[str, float]:
    """The figures of the last line, by name."""
    reasons = Counter(one.reason for one in outcome.held)
    counts = severities(outcome)
    return {
        "pages": outcome.made.pages,
        "posts": outcome.made.posts,
        "rendered": outcome.made.rendered,
        "removed": outcome.made.removed,
        "drafts": reasons["draft"],
        "scheduled": reasons["scheduled"],
        "warnings": counts["warning"],
        "errors": counts["error"],
        "seconds": round(seconds, 2),
    }


def machine_line(outcome: Outcome, seconds: float) -> str:
    """The one line for programs."""
    shown = {**facts(outcome, seconds), "seconds": f"{seconds:.2f}"}
    figures = " ".join(f"{name}={value}" for name, value in shown.items())
    return f"sitegen: {'failed' if outcome.failed else 'ok'} {figures}\n"


def table(outcome: Outcome, language: str) -> dict[str, str]:
    """The figures for a job's summary, by their names in `language`."""
    phrases = words(language)
    made, due = outcome.made, next_due(outcome.held)
    shown = {
        phrases["pages"]: f"{made.pages:,}",
        phrases["added"]: f"{made.added:,}",
        phrases["changed"]: f"{made.changed:,}",
        phrases["removed"]: f"{made.dropped:,}",
    }
    if held := " · ".join(_held(outcome.held, phrases)):
        shown[phrases["unpublished"]] = held
    if due and due.due:
        shown[phrases["next"]] = f"{due.due.iso[:16].replace('T', ' ')} {due.title}"
    return shown
