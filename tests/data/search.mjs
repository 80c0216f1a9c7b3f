// Runs search.js over a site that is given as JSON, and prints the pages that it finds.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { excerpt, fold, search, terms } = await import(pathToFileURL(process.argv[2]));
const asked = JSON.parse(readFileSync(0, "utf-8"));
const found = { folded: (asked.folded ?? []).map(fold), excerpts: [], hits: [] };
for (const [text, query] of asked.excerpts ?? []) found.excerpts.push(excerpt(text, terms(query)));
for (const [query, part] of asked.queries ?? []) {
  const fetched = new Set(), urls = [];
  const text = async (path) => (fetched.add(path), asked.files[path] ?? Promise.reject(new Error(path)));
  const page = async (url) => (fetched.add(url), { url, fields: asked.pages[url] });
  for await (const hit of search(query, part, { posts: asked.posts, text, page })) {
    urls.push(hit.url);
    if (urls.length === asked.enough) break;
  }
  found.hits.push({ urls, fetched: [...fetched] });
}
process.stdout.write(JSON.stringify(found));
