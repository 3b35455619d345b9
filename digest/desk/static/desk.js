// What the desk's pages do beyond forms: they follow changes on disk, check numbers while they are
// typed, show evidence for the sentence of the cursor, and let stories be dragged. All works without.
"use strict";
const PAUSE = 300; // ms without a key before what was typed is checked
const say = (text) => { document.getElementById("live").textContent = text; };
const issue = () => (location.pathname.match(/^\/i\/([^/]+)/) || [])[1];
const dirty = () => [...document.querySelectorAll("textarea[data-kept]")].some((one) => one.value !== one.defaultValue);
const send = (url, fields) => fetch(url, { method: "POST", body: new URLSearchParams(fields) });

// ---- typing

function mark(box, spans) {
  const marks = box.parentElement.querySelector(".marks"), points = [...box.value];
  marks.replaceChildren();
  let at = 0;
  for (const [start, end] of spans) {
    const wrong = document.createElement("mark");
    wrong.textContent = points.slice(start, end).join("");
    marks.append(points.slice(at, start).join(""), wrong);
    at = end;
  }
  marks.append(points.slice(at).join(""));
  marks.scrollTop = box.scrollTop;
  const said = document.getElementById(box.getAttribute("aria-describedby"));
  const words = spans.map(([start, end]) => points.slice(start, end).join(""));
  said.textContent = words.length ? `In no source: ${words.join(", ")}` : "";
}

async function check(box) {
  const text = box.value, story = box.closest("[data-story]").dataset.story;
  const answer = await send(`/i/${issue()}/typed`, { story, text });
  if (answer.ok && box.value === text) mark(box, (await answer.json()).absent);
}

const timers = new WeakMap();
function typed(box) {
  clearTimeout(timers.get(box));
  timers.set(box, setTimeout(() => check(box), PAUSE));
}

// ---- evidence

let asked = "";
async function evidence(box) {
  const place = document.getElementById("evidence"), story = box.closest("[data-story]").dataset.story;
  const at = [...box.value.slice(0, box.selectionStart)].length;
  const query = new URLSearchParams({ story, at, text: box.value, part: "" });
  const key = asked = query.toString();
  const answer = await fetch(`/i/${issue()}/evidence?${query}`);
  if (answer.ok && key === asked) { place.innerHTML = await answer.text(); place.closest(".beside").scrollTop = 0; }
}

// ---- a page that changed

async function follow() {
  if (dirty()) { say("This issue was changed elsewhere. What you typed is kept; Save shows both."); return; }
  const answer = await fetch(location.href);
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const open = [...document.querySelectorAll("details[open]")].map((one) => one.closest("[id]").id);
  const kept = document.getElementById("evidence")?.innerHTML;
  const where = { top: scrollY, beside: document.querySelector(".beside")?.scrollTop };
  Idiomorph.morph(document.querySelector(".bar"), made.querySelector(".bar").outerHTML, {});
  if (dirty()) return;
  const told = document.querySelector("[data-told]"); // of the change that this page was opened after
  if (told) made.getElementById("main").insertAdjacentHTML("afterbegin", told.outerHTML);
  Idiomorph.morph(document.getElementById("main"), made.getElementById("main").outerHTML, { ignoreActiveValue: false });
  if (kept) document.getElementById("evidence").innerHTML = kept;
  for (const id of open) document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
  scrollTo(0, where.top);
  begin();
  say("");
}

let waiting = 0;
new EventSource("/-/events").addEventListener("change", () => {
  clearTimeout(waiting);
  waiting = setTimeout(follow, 120);
});

// ---- order

function dropped({ item, to, newIndex }) {
  const form = document.createElement("form");
  const seen = item.querySelector("[name=seen]").value;
  const fields = { seen, story: item.dataset.story, place: newIndex + 1, section: to.dataset.section };
  form.method = "post";
  form.action = `/i/${issue()}/do/move`;
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

function begin() {
  for (const list of document.querySelectorAll(".stories:not([data-ready])")) {
    list.dataset.ready = "";
    Sortable.create(list, { group: "stories", handle: ".grip", ghostClass: "lifted", animation: 120, onEnd: dropped });
  }
}

document.addEventListener("input", ({ target }) => { if (target.matches("[data-typed]")) typed(target); });
document.addEventListener("focusin", ({ target }) => { if (target.matches("[data-typed]")) check(target); });
document.addEventListener("scroll", ({ target }) => {
  if (target.matches?.("[data-typed]")) target.parentElement.querySelector(".marks").scrollTop = target.scrollTop;
}, true);
let pause = 0;
document.addEventListener("selectionchange", () => {
  const box = document.activeElement;
  if (!box?.matches("[data-typed]")) return;
  clearTimeout(pause);
  pause = setTimeout(() => evidence(box), PAUSE);
});
document.addEventListener("keydown", (event) => {
  const story = event.target.closest?.("[data-story]");
  if (!story || !event.altKey || event.ctrlKey || event.metaKey) return;
  const name = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const button = name && story.querySelector(`[data-key=${name}]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  if (dirty()) say("Save what you typed first."); else { sessionStorage.focus = story.id; button.click(); }
});
document.addEventListener("submit", (event) => {
  const { target } = event;
  const other = [...document.querySelectorAll("textarea[data-kept]")].find((one) => one.value !== one.defaultValue && one.form !== target);
  if (other) { event.preventDefault(); say("Save what you typed first."); other.focus(); return; }
  leaving = true;
  const story = target.closest("[data-story]");
  if (story) { sessionStorage.focus = story.id; sessionStorage.top = scrollY; }
});
let leaving = false;
addEventListener("beforeunload", (event) => { if (!leaving && dirty()) event.preventDefault(); });
addEventListener("pageshow", () => { leaving = false; });
begin();
const back = document.getElementById(sessionStorage.focus || "-");
if (back) {
  scrollTo(0, Number(sessionStorage.top) || 0);
  back.querySelector("textarea")?.focus({ preventScroll: sessionStorage.top !== undefined });
}
sessionStorage.removeItem("focus");
sessionStorage.removeItem("top");
