// The bar, the panel of faults and the reload of the preview. No page that is built has it.
(() => {
  "use strict";
  const script = document.currentScript;
  const told = JSON.parse(script.dataset.sitegen);
  const words = told.words;
  script.remove();
  const KEPT = "sitegen-scroll", FOLDED = "sitegen-folded";
  const SILENCE = 40000; // milliseconds; a ping comes every 15 seconds (board.py)
  let mark = told.mark, stream = null, heard = Date.now(), faults = told.faults || [], dismissed = false;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const store = (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* refused */ } };
  const stored = key => { try { return sessionStorage.getItem(key); } catch { return null; } };

  // ---- reload, where the page was
  function reload() {
    store(KEPT, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }
  function restore() {
    const [path, x, y] = JSON.parse(stored(KEPT) || "[]");
    try { sessionStorage.removeItem(KEPT); } catch { /* refused */ }
    if (path !== location.pathname) return;
    const go = () => scrollTo({ left: x, top: y, behavior: "instant" });
    go();
    addEventListener("load", go, { once: true });
  }

  // ---- style sheets, in place
  function swap(urls) {
    const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]')];
    const ours = sheets.filter(sheet => new URL(sheet.href).origin === location.origin);
    const named = ours.filter(sheet => urls.includes(new URL(sheet.href).pathname));
    for (const sheet of named.length ? named : ours) {
      const fresh = sheet.cloneNode(), url = new URL(sheet.href);
      url.searchParams.set("sitegen", mark);
      fresh.href = url;
      const done = () => sheet.remove();
      fresh.addEventListener("load", done, { once: true });
      fresh.addEventListener("error", done, { once: true });
      sheet.after(fresh);
    }
  }

  // ---- events
  function listen() {
    stream?.close();
    heard = Date.now();
    stream = new EventSource(`${told.events}?since=${encodeURIComponent(mark)}`);
    stream.onopen = () => { heard = Date.now(); connected(true); };
    stream.onmessage = event => { heard = Date.now(); hear(JSON.parse(event.data)); };
    stream.addEventListener("ping", () => { heard = Date.now(); });
    stream.onerror = () => {
      connected(false);
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1500);
    };
  }
  function hear(news) {
    if (news.reload) return reload();
    mark = news.mark;
    if (news.styles.length) swap(news.styles);
    if (JSON.stringify(news.faults) !== JSON.stringify(faults)) {
      if (!news.faults.length && told.bare) return reload();
      faults = news.faults;
      dismissed = false;
      show();
    }
  }
  addEventListener("pagehide", () => { stream?.close(); stream = null; });
  addEventListener("pageshow", event => { if (event.persisted) listen(); });
  addEventListener("online", listen);
  setInterval(() => { if (stream && Date.now() - heard > SILENCE) listen(); }, 5000);

  // ---- what is seen
  const host = make("sitegen-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; display: block; color-scheme: light dark;
      --paper: light-dark(#fdfcf9, #1b1916); --clip: light-dark(#f4f0e6, #28251f); --rule: light-dark(#ddd6c6, #47423a);
      --ink: light-dark(#22201c, #ece6da); --soft: light-dark(#5c574c, #bdb4a5); --red: light-dark(#a83024, #f29a8b);
      font: 14px/1.6 "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic Medium", Meiryo, system-ui, sans-serif; color: var(--ink); }
    *, ::before, ::after { box-sizing: border-box; }
    [hidden] { display: none !important; }
    button { font: inherit; font-size: 12px; color: var(--ink); background: none; border: 1px solid var(--rule); border-radius: 3px; padding: 3px 10px; min-height: 26px; cursor: pointer; }
    button:hover { border-color: var(--red); color: var(--red); }
    :focus-visible { outline: 3px solid var(--red); outline-offset: 2px; }
    a { color: inherit; }
    .bar { position: fixed; z-index: 2147483646; inset-inline: 0; inset-block-end: 0; background: var(--clip); border-block-start: 1px solid var(--rule);
      padding: 4px 12px; font-size: 12px; display: flex; flex-wrap: wrap; align-items: center; gap: 2px 14px; max-block-size: 45vh; overflow: auto; }
    .bar.folded { inset-inline-start: auto; border-inline-start: 1px solid var(--rule); padding: 3px 6px; }
    .bar.folded > :not(.fold) { display: none; }
    .fold { margin-inline-start: auto; min-inline-size: 26px; padding: 0 6px; border: 0; }
    .mark { color: var(--red); border: 1px solid var(--red); border-radius: 2px; padding: 0 6px; font-weight: 600; }
    .file { font-family: ui-monospace, Consolas, "Noto Sans Mono CJK JP", monospace; color: var(--soft); overflow-wrap: anywhere; }
    .soft { color: var(--soft); } .lost { color: var(--red); font-weight: 600; }
    details { min-inline-size: 0; } summary { cursor: pointer; color: var(--red); } details[open] { flex-basis: 100%; }
    .bar ul { margin: 2px 0 4px; padding-inline-start: 1.4em; overflow-wrap: anywhere; }
    .panel { position: fixed; z-index: 2147483647; inset-block-start: 0; inset-inline: 0; max-block-size: min(78vh, 100% - 3rem); overflow: auto;
      background: var(--paper); border-block-start: 4px solid var(--red); border-block-end: 1px solid var(--rule); box-shadow: 0 6px 24px rgb(0 0 0 / .25); padding: 14px 16px 16px; }
    .inner { max-inline-size: 60rem; margin-inline: auto; }
    .panel.bare { position: static; max-block-size: none; box-shadow: none; border-block-end: 0; }
    header { display: flex; align-items: baseline; flex-wrap: wrap; gap: 2px 12px; } header button { margin-inline-start: auto; }
    h2 { font-size: 16px; margin: 0; color: var(--red); } p { margin: 0; }
    ol { list-style: none; margin: 10px 0 0; padding: 0; } li.fault { border-block-start: 1px solid var(--rule); padding-block: 10px; }
    .kind { color: var(--red); font-weight: 600; } .warning .kind { color: var(--soft); }
    .code, .line { font-family: ui-monospace, Consolas, "Noto Sans Mono CJK JP", monospace; font-size: 12px; }
    .code { color: var(--soft); } .message { font-weight: 600; overflow-wrap: anywhere; }
    .where { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 10px; margin-block: 4px; } .where code { font-size: 12px; overflow-wrap: anywhere; }
    .line { display: block; background: var(--clip); padding: 6px 10px; margin-block: 4px; overflow-x: auto; white-space: pre; border-inline-start: 2px solid var(--red); }
    .line .number { color: var(--soft); user-select: none; margin-inline-end: 1.2em; }
    mark { background: none; color: var(--red); text-decoration: underline wavy var(--red); text-underline-offset: 3px; font-weight: 700; }
    @media print { :host { display: none; } }
    @media (forced-colors: active) { .panel, .bar, .mark { border: 1px solid; } }
  `);
  root.adoptedStyleSheets = [sheet];
  const panel = make("section", { class: "panel", role: "alert", "aria-label": words.faults, tabindex: "-1", hidden: "" });
  const bar = make("aside", { class: "bar", "aria-label": words.label });
  root.append(panel, bar);
  // the end of a page can be scrolled to above the bar
  new ResizeObserver(() => {
    host.style.blockSize = bar.classList.contains("folded") ? "0" : `${bar.offsetHeight}px`;
  }).observe(bar);

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make("textarea", {});
      area.value = text;
      root.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 2000);
  }

  function fault(one) {
    const item = make("li", { class: `fault ${one.severity}` },
      make("p", {}, make("span", { class: "kind" }, words[one.severity]), " ", make("span", { class: "code" }, one.code)),
      make("p", { class: "message" }, one.message));
    if (one.place) {
      const button = make("button", { type: "button", class: "copy" }, words.copy);
      button.addEventListener("click", () => copy(one.place, button));
      item.append(make("p", { class: "where" }, make("code", {}, one.place), button));
    }
    if (one.line) {
      const [before, marked, after] = one.line;
      item.append(make("code", { class: "line", tabindex: "0" }, make("span", { class: "number" }, String(one.number)),
        before, make("mark", {}, marked || " "), after));
    }
    if (one.label) item.append(make("p", { class: "soft" }, one.label));
    for (const place of one.also) item.append(make("p", { class: "soft" }, `${words.also}: ${place}`));
    if (one.remedy) item.append(make("p", {}, `${words.remedy}: ${one.remedy}`));
    return item;
  }

  function show() {
    panel.hidden = !faults.length || dismissed;
    panel.classList.toggle("bare", Boolean(told.bare));
    panel.replaceChildren();
    if (faults.length) {
      const count = kind => faults.filter(one => one.severity === kind).length;
      const counted = fill(words.count, { errors: count("error"), warnings: count("warning") });
      const close = make("button", { type: "button", class: "close" }, words.close);
      close.addEventListener("click", () => { dismissed = true; show(); });
      panel.append(make("div", { class: "inner" },
        make("header", {}, make("h2", {}, words.faults), make("span", { class: "soft" }, counted), ...(told.bare ? [] : [close])),
        make("p", { class: "soft" }, told.bare ? words.none : words.kept),
        make("ol", {}, ...faults.map(fault))));
    }
    draw();
  }
  root.addEventListener("keydown", event => { if (event.key === "Escape" && !told.bare) { dismissed = true; show(); } });

  // ---- the bar
  const lost = make("span", { class: "lost", role: "status" });
  function connected(is) { lost.textContent = is ? "" : words.lost; bar.hidden = bare() && is; }
  const bare = () => !told.bar;
  function list(name, title, items, open) {
    return make("details", { class: name, ...(open ? { open: "" } : {}) }, make("summary", {}, title), make("ul", {}, ...items));
  }
  function draw() {
    const said = told.bar || { marks: [], file: "", ratio: "", notes: [] };
    const fold = make("button", { type: "button", class: "fold" });
    const set = folded => {
      bar.classList.toggle("folded", folded);
      fold.textContent = folded ? "◀" : "▶";
      fold.setAttribute("aria-expanded", String(!folded));
      fold.setAttribute("aria-label", folded ? words.show : words.hide);
    };
    fold.addEventListener("click", () => {
      const folded = !bar.classList.contains("folded");
      store(FOLDED, folded ? "1" : "");
      set(folded);
    });
    bar.replaceChildren(make("span", { class: "soft" }, words.label),
      ...said.marks.map(([kind, text]) => make("span", { class: `mark ${kind}` }, text)));
    if (said.ratio) bar.append(make("span", { class: "ratio" }, said.ratio));
    if (said.file) bar.append(make("span", { class: "file" }, said.file));
    if (said.notes.length) {
      bar.append(list("notes", fill(words.notes, { count: said.notes.length }),
        said.notes.map(one => make("li", {}, `${one.place} ${one.message}`)), false));
    }
    if (told.near) {
      bar.append(make("span", { class: "mark" }, words.missing));
      if (told.near.length) {
        bar.append(list("near", words.near, told.near.map(url => make("li", {}, make("a", { href: url }, decodeURI(url)))), true));
      }
    }
    if (faults.length && dismissed) {
      const again = make("button", { type: "button", class: "again" }, words.open);
      again.addEventListener("click", () => { dismissed = false; show(); });
      bar.append(again);
    }
    bar.append(lost, fold);
    bar.hidden = bare() && !lost.textContent;
    set(stored(FOLDED) === "1");
  }

  document.body.append(host);
  restore();
  show();
  listen();
})();
