// Search in the pages of this blog. Files below /search/ say which characters stand in which post
// (sitegen/render/postings.py writes them); the pages themselves then show whether a post is a hit.
const SEGMENT = 512, BLOCK = 128, SHARD = 4; // as in sitegen/site/search.py
const SHOWN = 10;

/** Without case, width, Unicode form and what nobody sees: as `fold` of sitegen/text.py. */
export function fold(text) {
  text = text.replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  for (let twice = 0; twice < 2; twice++)
    text = text.normalize("NFKC")
      .replace(/[^ı]+/g, (run) => run.toUpperCase().toLowerCase())
      .replace(/ς/g, "σ")
      .replace(/[\u13a0-\u13fd\uab70-\uabbf]/g, (sign) => sign.toUpperCase());
  return text.normalize("NFC");
}

/** What is looked for: words between blanks, or "several words" as they stand, which telephones type as “these”. */
export const terms = (query) =>
  [...fold(query).replace(/[“”]/g, '"').matchAll(/"([^"]*)(?:"|$)|\S+/g)].map((found) => (found[1] ?? found[0]).trim()).filter(Boolean);

// ---------------------------------------------------------------- the index

const WORD = /[^\0-\/:-@[-`{-\xbf\u2000-\u206f\u3000-\u3004\u3008-\u303f\u30fb]+/g;

/** What has to be in the index for `term` to be in a text. */
export function grams(term) {
  const found = new Set();
  for (const [run] of term.matchAll(WORD)) {
    if (run.length === 1 && run > "\x7f") found.add(run);
    for (let at = 0, latin = false; at < run.length - 1; at++) {
      const pair = run.slice(at, at + 2), three = run.slice(at, at + 3);
      if (/^[a-z0-9]{3}$/.test(three)) found.add(three);
      else if (!(latin && /^[a-z0-9]{2}$/.test(pair)) && !/^[\udc00-\udfff]|[^\ud800-\udbff][\ud800-\udfff]/.test(pair))
        found.add(pair);
      latin = three.length === 3 && /^[a-z0-9]{3}$/.test(three);
    }
  }
  return [...found];
}

export function shards(posts) {
  let count = 1;
  while (count * SHARD < posts) count *= 2;
  return count;
}

export function shard(gram, count) {
  const first = gram.charCodeAt(0);
  return (first < 128 ? first * 31 + gram.charCodeAt(1) : first) % count;
}

/** The numbers of the fields with `gram` in a file of the index; null where that says nothing. */
export function fields(file, gram) {
  const found = new Set(), key = "\n" + gram + (gram.length > 1 ? " " : "");
  for (let at = file.indexOf(key); at >= 0; at = file.indexOf(key, at + 1)) {
    const start = file.indexOf(" ", at) + 1, end = file.indexOf("\n", start);
    if (file[start] === "!") return null;
    for (let place = start, field = -1; place < end; place++) {
      let step = file.charCodeAt(place) - 34;
      if (step > 80) step = 80 + (step - 81) * 92 + file.charCodeAt(++place) - 34;
      found.add((field += step));
    }
  }
  return found;
}

/** The numbers of the posts of a segment that may be hits, the newest first. */
async function candidates(site, segment, wanted, part) {
  const count = Math.min(SEGMENT, site.posts - segment * SEGMENT), files = shards(count);
  const held = await Promise.all(wanted.map((term) => Promise.all(grams(term).map(async (gram) =>
    fields(await site.text(`${segment}/${shard(gram, files)}.txt`), gram)))));
  let posts = [...Array(count).keys()].reverse();
  for (const sets of held) {
    const [first, ...others] = sets.filter(Boolean);
    if (!first) continue;
    const all = [...first].filter((field) => others.every((set) => set.has(field)));
    const hits = new Set(all.filter((field) => part === "all" || (part === "quote") === (field % 2 > 0)).map((field) => field >> 1));
    posts = posts.filter((post) => hits.has(post));
  }
  return posts.map((post) => [segment, post]);
}

async function page(site, [segment, post]) {
  const block = Math.floor(post / BLOCK), file = await site.text(`${segment}/posts-${block}.txt`);
  const url = file.split("\n")[post % BLOCK];
  return url && site.page(url);
}

/** Every page in which all of `query` stands, the newest first; `site` fetches what is asked for. */
export async function* search(query, part, site) {
  const wanted = terms(query);
  let segment = Math.ceil(site.posts / SEGMENT) - 1;
  for (let width = 1; wanted.length && segment >= 0; segment -= width, width = 4) {
    const near = [0, 1, 2, 3].slice(0, width).map((step) => segment - step).filter((one) => one >= 0);
    const found = (await Promise.all(near.map((one) => candidates(site, one, wanted, part)))).flat();
    for (let at = 0; at < found.length; at += SHOWN)
      for (const read of await Promise.all(found.slice(at, at + SHOWN).map((one) => page(site, one))))
        if (read && matches(read, wanted, part)) yield read;
  }
}

const searched = (read, part) =>
  read.fields.filter((field) => part === "all" || (part === "quote") === field.quoted);

function matches(read, wanted, part) {
  const texts = searched(read, part).map((field) => fold(field.text));
  return wanted.every((term) => texts.some((text) => text.includes(term)));
}

// ---------------------------------------------------------------- what is shown of a hit

/** A piece of `text` around the first of `wanted`: strings in turn outside and inside marks. */
export function excerpt(text, wanted, room = 110) {
  const starts = [], ends = [], marks = [];
  let folded = "";
  for (const { 0: sign, index } of text.matchAll(/[^][\p{M}\uff9e\uff9f\u1160-\u11ff]*/gu)) {
    folded += fold(sign);
    while (starts.length < folded.length) starts.push(index), ends.push(index + sign.length);
  }
  for (const term of wanted)
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length))
      marks.push([starts[at], ends[at + term.length - 1]]);
  marks.sort((one, other) => one[0] - other[0]);
  const begin = marks.length && marks[0][0] > room / 3 ? Math.max(0, starts[ends.findIndex((end) => end > marks[0][0] - room / 4)]) : 0;
  const end = ends.find((end) => end >= begin + room) ?? text.length;
  const pieces = [begin ? "…" : ""];
  let done = begin;
  for (const [from, to] of marks)
    if (from >= done && to <= end) pieces[pieces.length - 1] += text.slice(done, from), pieces.push(text.slice(from, (done = to)), "");
  pieces[pieces.length - 1] += text.slice(done, end) + (end < text.length ? "…" : "");
  return pieces;
}

/** A new element, in `lang` where that is known; every second one of `pieces` is marked. */
function element(name, className, pieces = [], lang = "") {
  const made = Object.assign(document.createElement(name), { className }, lang && { lang, dir: "auto" });
  pieces.forEach((piece, place) => {
    const inner = place % 2 ? document.createElement("mark") : made;
    inner.append(piece);
    if (place % 2) made.append(inner);
  });
  return made;
}

/** The texts of a page as it is published. Whose words they are is told by its own markup. */
function reading(html, url) {
  const read = new DOMParser().parseFromString(html, "text/html");
  for (const unread of read.querySelectorAll("rt, rp, script, style")) unread.remove();
  const post = read.querySelector("article.post") ?? read.querySelector("main") ?? read.body;
  const heading = post.querySelector("h1"), title = heading?.textContent.trim() || read.title;
  const time = post.querySelector("time");
  const fields = [...post.querySelectorAll("figure.quotation")].map((figure) => {
    const quoted = [...figure.querySelectorAll("blockquote")], blocks = quoted.map((block) => block.textContent);
    const lang = quoted.length === 1 ? quoted[0].lang : ""; // a translation stands before its original
    const source = figure.querySelector(".attribution cite, .attribution .source-link")?.closest("p");
    figure.remove();
    return { quoted: true, lang, words: blocks.join(" "), text: `${blocks.join(" ")} ${source?.textContent ?? ""}`, source };
  });
  const note = post.querySelector(".editorial") ?? post;
  fields.push({ quoted: false, lang: note.lang, words: note.textContent, text: post.textContent });
  for (const field of fields) [field.words, field.text] = [field.words, field.text].map((text) => text.replace(/\s+/g, " ").trim());
  return { url, title, lang: heading?.lang, time, fields };
}

/** The entry of a hit. No words of a quotation are in it without their source. */
function entry(read, wanted, part) {
  const made = element("li", "hit"), heading = element("h2", "");
  const link = element("a", "", excerpt(read.title, wanted, 200), read.lang);
  link.href = read.url;
  heading.append(link);
  made.append(heading);
  if (read.time) made.append(element("p", "meta", [document.importNode(read.time, true)]));
  const holds = (field) => wanted.some((term) => fold(field.text).includes(term));
  const quotes = read.fields.filter((field) => field.quoted && field.source);
  const quote = searched(read, part).find((field) => field.quoted && field.source && holds(field));
  const note = part !== "quote" && read.fields.find((field) => !field.quoted && holds(field));
  const shows = note && (!quote || wanted.some((term) => fold(note.words).includes(term)));
  if (quote) {
    const words = element("p", "clip");
    words.append(element("q", "", excerpt(quote.words, wanted), quote.lang));
    made.append(words);
  }
  if (quote ?? quotes[0]) {
    const source = element("p", "from");
    source.append(...document.importNode((quote ?? quotes[0]).source, true).childNodes);
    made.append(source);
  }
  if (shows) made.append(element("p", "comment", excerpt(note.words, wanted), note.lang));
  return made;
}

// ---------------------------------------------------------------- the page of search

function start(form) {
  const input = form.elements.q, list = document.querySelector(".hits");
  const [status, none, more] = [".search-status", ".search-none", ".search-more"].map((name) => document.querySelector(name));
  const said = form.dataset, kept = new Map();
  let hits, wanted, turn = 0;

  const fetched = (url) => {
    if (!kept.has(url)) {
      const text = fetch(url, { cache: "no-cache" }).then(async (answer) => {
        const text = await answer.text();
        // Some servers send a page in place of a file that is not there.
        const page = url.endsWith(".txt") && text.trimStart().startsWith("<");
        if (!answer.ok || page) throw new Error(`${answer.status} ${url}`);
        return text;
      });
      text.catch(() => kept.delete(url));
      kept.set(url, text);
    }
    return kept.get(url);
  };
  const site = {
    posts: Number(said.posts),
    text: (path) => fetched(said.folder + path),
    page: async (url) => reading(await fetched(url), url),
  };
  const part = () => form.elements.in.value;
  const say = (phrase, n = "") => (status.textContent = (phrase ?? "").replace("{n}", n).replace("{q}", input.value.trim()));

  async function next() {
    const mine = turn, from = list.children.length;
    more.hidden = true;
    say(said.waiting);
    try {
      for (let count = 0; count < SHOWN; count++) {
        const { value, done } = await hits.next();
        if (mine !== turn) return;
        if (done) {
          none.hidden = list.children.length > 0;
          return say(none.hidden ? said.found : said.none, list.children.length);
        }
        list.append(entry(value, wanted, part()));
      }
      more.hidden = false;
      say(said.shown, list.children.length);
      if (from) list.children[from].querySelector("a").focus();
    } catch {
      if (mine === turn) say(said.failed);
    }
  }

  async function run() {
    const query = input.value.trim();
    turn++;
    list.replaceChildren();
    none.hidden = more.hidden = true;
    say("");
    history.replaceState(null, "", query ? `?${new URLSearchParams({ q: query, in: part() })}` : location.pathname);
    wanted = terms(query);
    if (!wanted.length) return;
    hits = search(query, part(), site);
    await next();
  }

  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(run, 250);
  };
  input.addEventListener("input", (event) => event.isComposing || soon());
  input.addEventListener("compositionend", soon);
  form.addEventListener("change", (event) => event.target !== input && run());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await run();
    list.querySelector("a")?.focus();
  });
  more.addEventListener("click", next);
  document.addEventListener("keydown", (event) => {
    const at = document.activeElement, places = [input, ...list.querySelectorAll("h2 a")];
    const place = places.indexOf(at), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !at.matches("input[type=search], textarea, [contenteditable]")) input.focus(), input.select();
    else if (step && place >= 0 && places[place + step]) places[place + step].focus();
    else return;
    event.preventDefault();
  });
  const asked = new URLSearchParams(location.search);
  input.value = asked.get("q") ?? "";
  for (const choice of form.elements.in) choice.checked = choice.value === (asked.get("in") ?? "all");
  if (!part()) form.elements.in[0].checked = true;
  form.hidden = false;
  if (input.value) run();
}

if (globalThis.document) start(document.querySelector("form.search"));
