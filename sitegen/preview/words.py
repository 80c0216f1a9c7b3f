"""What the preview says, in the terminal and in the browser."""

from collections.abc import Mapping

_JA = {
    "serving": "  ➜ {url}        Ctrl+C で停止",
    "shown": "    {held}も表示中（公開と同じにするには --published）",
    "hidden": "    公開するものだけを表示中（--published）",
    "draft": "下書き {count}",
    "scheduled": "予約 {count}",
    "moved": "    ポート {wanted} は使用中なので {port} で始めました",
    "taken": "✗ ポート {port} は使用中です{holder}\n  直し方: --port {free} なら空いています",
    "holder": "（PID {pid} {name}）",
    "refused-host": "✗ {host} では待ち受けられません: {reason}",
    "second": "✗ このサイトはすでに表示中です: {url}（PID {pid}）\n"
    "  その画面を使うか、そちらを Ctrl+C で止めてからもう一度",
    "open": "⚠ 同じネットワークのほかの機器からも見えます（{host}）",
    "need-host": "✗ --host {host} には --allow-host 名前 が要ります"
    "（ほかの機器がブラウザーに打つ名前かアドレス）",
    "polling": "⚠ ファイルの変化の通知が使えないので、{seconds:.1f} 秒おきに"
    "見に行きます（{reason}）",
    "limit": "監視できるフォルダーの数を超えました。fs.inotify.max_user_watches を増やすと直ります",
    "instances": "ほかのプログラムが通知を使い切っています。"
    "fs.inotify.max_user_instances を増やすと直ります",
    "made": "{time}  {files} → {what}  {ms:.0f} ms",
    "pages": "{count:,} ページ",
    "styles": "CSS だけ差し替え",
    "files": "{first} ほか {more} 件",
    "site": "サイト",
    "due": "予約の時刻になった記事",
    "failed": "{time}  ✗ エラー {errors}（{files}）",
    "kept": "          ブラウザーには直前の正しい内容とエラーを重ねて表示しています",
    "nothing": "          直るまで、ブラウザーにはエラーだけを表示します",
    "mended": "{time}  ✓ 直りました  {what}  {ms:.0f} ms",
    "warnings": "          警告 {count}: {codes}",
    "machine": "{time}  ✗ 読めません: {path}（{reason}）。読めるようになれば続けます",
    "bug": "これは sitegen の不具合です。表示は続けます。上の行を添えて報告してください。",
    "stopped": "  停止しました",
}
_EN = {
    "serving": "  ➜ {url}        Ctrl+C stops it",
    "shown": "    {held} shown too (--published shows what a build would make)",
    "hidden": "    only what a build would make is shown (--published)",
    "draft": "drafts {count}",
    "scheduled": "scheduled {count}",
    "moved": "    port {wanted} is taken, so this is {port}",
    "taken": "✗ port {port} is taken{holder}\n  fix: --port {free} is free",
    "holder": " (PID {pid} {name})",
    "refused-host": "✗ cannot listen at {host}: {reason}",
    "second": "✗ this site is being shown already: {url} (PID {pid})\n"
    "  use that one, or stop it with Ctrl+C first",
    "open": "⚠ other machines in the same network can see this too ({host})",
    "need-host": "✗ --host {host} needs --allow-host NAME (what other machines type in a browser)",
    "polling": "⚠ no notices of changed files here: looking every {seconds:.1f} s ({reason})",
    "limit": "too many folders to watch; a larger fs.inotify.max_user_watches mends it",
    "instances": "other programs use all there are; "
    "a larger fs.inotify.max_user_instances mends it",
    "made": "{time}  {files} → {what}  {ms:.0f} ms",
    "pages": "{count:,} pages",
    "styles": "style sheets swapped",
    "files": "{first} and {more} more",
    "site": "site",
    "due": "a scheduled post is due",
    "failed": "{time}  ✗ errors: {errors} ({files})",
    "kept": "          the browser shows the last good site with the faults laid over it",
    "nothing": "          until this is mended the browser shows the faults alone",
    "mended": "{time}  ✓ mended  {what}  {ms:.0f} ms",
    "warnings": "          warnings {count}: {codes}",
    "machine": "{time}  ✗ cannot be read: {path} ({reason}). It goes on when it can",
    "bug": "this is a bug of sitegen. The preview goes on. Please report it with the lines above.",
    "stopped": "  stopped",
}
_BROWSER_JA = {
    "label": "プレビュー",
    "faults": "このままでは公開できません",
    "count": "エラー {errors}・警告 {warnings}",
    "kept": "下に見えているのは、直前の正しい内容です。直すとこの表示は消えます。",
    "none": "直すとページが表示されます。",
    "error": "エラー",
    "warning": "警告",
    "remedy": "直し方",
    "also": "もう一つ",
    "copy": "場所をコピー",
    "copied": "コピーしました",
    "close": "閉じる",
    "open": "エラーを表示",
    "draft": "下書き",
    "scheduled": "予約（公開まで {left}）",
    "withdrawn": "取り下げ",
    "days": "{count} 日",
    "hours": "{count} 時間",
    "minutes": "{count} 分",
    "ratio": "引用 {quoted}：論評 {written} 字（引用 {share}%）",
    "written": "論評 {written} 字",
    "notes": "警告 {count}",
    "near": "近い URL",
    "missing": "ページがありません",
    "hide": "バーをたたむ",
    "show": "バーを開く",
    "lost": "プレビューとつながっていません。sitegen serve が動いているか見てください",
}
_BROWSER_EN = {
    "label": "Preview",
    "faults": "This cannot be published yet",
    "count": "errors {errors}, warnings {warnings}",
    "kept": "Below is the last good version. This goes away once it is mended.",
    "none": "The page appears once it is mended.",
    "error": "error",
    "warning": "warning",
    "remedy": "Fix",
    "also": "also",
    "copy": "Copy place",
    "copied": "Copied",
    "close": "Close",
    "open": "Show errors",
    "draft": "Draft",
    "scheduled": "Scheduled (in {left})",
    "withdrawn": "Withdrawn",
    "days": "{count} d",
    "hours": "{count} h",
    "minutes": "{count} min",
    "ratio": "quoted {quoted} : written {written} characters ({share}% quoted)",
    "written": "written {written} characters",
    "notes": "warnings {count}",
    "near": "Near addresses",
    "missing": "No such page",
    "hide": "Fold the bar",
    "show": "Unfold the bar",
    "lost": "Not connected with the preview. Is sitegen serve running?",
}


def terminal(language: str) -> Mapping[str, str]:
    """The phrases of the terminal."""
    return _EN if language == "en" else _JA


def browser(language: str) -> Mapping[str, str]:
    """The words of the bar and the panel."""
    return _BROWSER_EN if language == "en" else _BROWSER_JA
