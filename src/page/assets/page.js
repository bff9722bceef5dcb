// The page of clspack: shows what the program makes, and sends back what a person writes.
const key = "clspack-secret";
if (location.hash.length > 1) {
  sessionStorage.setItem(key, location.hash.slice(1));
  history.replaceState(null, "", "/");
}
const secret = sessionStorage.getItem(key) ?? "";
const of = (id) => document.getElementById(id);
const at = { app: null, screen: "route", stamp: "", language: localStorage.getItem("clspack-language") ?? (navigator.language.startsWith("ja") ? "ja" : "en") };
let words = {};
let waiting = Promise.resolve();

const notice = (text) => {
  of("notice").replaceChildren();
  if (!text) return;
  const line = document.createElement("p");
  line.textContent = text;
  of("notice").append(line);
  setTimeout(() => line.remove(), 12000);
};

const ask = async (path, query = {}, body = undefined) => {
  const shown = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  const url = shown.length ? `${path}?${new URLSearchParams(shown)}`.replaceAll("+", "%20") : path;
  const method = body === undefined ? "GET" : "POST";
  let answer;
  try {
    answer = await fetch(url, { method, body, headers: { "X-Secret": secret }, cache: "no-store" });
  } catch {
    throw new Error(words.gone ?? "clspack has ended. Start it again, and open the address that it shows.");
  }
  if (answer.ok) return answer;
  const kind = answer.headers.get("Content-Type") ?? "";
  if (kind.startsWith("application/json")) {
    const fault = new Error((await answer.json()).error);
    fault.status = answer.status;
    throw fault;
  }
  throw new Error(answer.status === 403 ? "Open this page by the address that clspack shows when it starts." : await answer.text());
};

const asked = async (work) => {
  try {
    return await work();
  } catch (fault) {
    notice(fault.message);
    if (fault.status === 409) await show();
    return null;
  }
};

// What was typed and not yet left stays, wherever the page is drawn again.
const draw = (html) => {
  const main = of("main");
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  const paths = (root) => [...root.querySelectorAll("[data-path],[data-list],[data-file],[data-remove],[data-add],[data-answer]")].map((one) => JSON.stringify(one.dataset)).join();
  const marks = [...fresh.querySelectorAll("[data-marks]")];
  const same = at.drawn === `${at.app} ${at.screen} ${at.language}` && paths(main) === paths(fresh);
  if (same) {
    for (const mark of marks) {
      const old = main.querySelector(`[data-marks="${CSS.escape(mark.dataset.marks)}"]`);
      if (old && old.innerHTML !== mark.innerHTML) old.innerHTML = mark.innerHTML;
    }
    for (const field of fresh.querySelectorAll("[data-path],[data-list]")) {
      const old = main.querySelector(`#${CSS.escape(field.id)}`);
      if (!old) continue;
      old.toggleAttribute("aria-invalid", false);
      if (field.hasAttribute("aria-invalid")) old.setAttribute("aria-invalid", "true");
      if (old !== document.activeElement && old.value !== field.value) old.value = field.value;
    }
    return;
  }
  const focused = document.activeElement?.id;
  const open = [...main.querySelectorAll("details[open]")].map((one) => one.dataset.answer);
  main.replaceChildren(...fresh.childNodes);
  for (const one of main.querySelectorAll("details")) one.open = open.includes(one.dataset.answer);
  at.drawn = `${at.app} ${at.screen} ${at.language}`;
  if (focused && of(focused) && main.contains(of(focused))) of(focused).focus();
};

const show = () => asked(async () => {
  of("language").value = at.language;
  document.documentElement.lang = at.language;
  const home = at.app === null;
  if (home) of("undo").hidden = true;
  for (const id of ["steps", "card"]) of(id).hidden = home;
  of("frame").classList.toggle("home", home);
  of("frame").dataset.screen = home ? "" : at.screen;
  if (home) {
    const { html } = await (await ask("/start", { lang: at.language })).json();
    draw(html);
    of("product").textContent = "";
    return;
  }
  const shown = await (await ask("/screen", { app: at.app, name: at.screen, lang: at.language })).json();
  at.stamp = shown.stamp;
  of("undo").hidden = !shown.can_undo;
  of("product").textContent = shown.product;
  of("steps").innerHTML = shown.steps;
  of("card").innerHTML = shown.card;
  draw(shown.html);
  if (at.screen === "file") await sheet();
});

const go = async (screen, to) => {
  at.screen = screen;
  sessionStorage.setItem("clspack-at", JSON.stringify([at.app, at.screen]));
  await show();
  const field = to && [...document.querySelectorAll("[data-field]")].find((one) => to === one.dataset.field || to.startsWith(`${one.dataset.field}[`));
  const target = field?.querySelector("input,textarea,select") ?? of("main");
  target.closest("details")?.setAttribute("open", "");
  target.focus();
  target.scrollIntoView({ block: "center" });
  if (target === of("main")) scrollTo(0, 0);
};

// Changes go out one after the other, each with the stamp that the one before has left.
const change = (path, value) => {
  waiting = waiting.then(() => asked(async () => {
    const body = JSON.stringify({ app: at.app, stamp: at.stamp, path, value });
    at.stamp = (await (await ask("/set", {}, body)).json()).stamp;
    saved();
  })).then(show);
  return waiting;
};

const saved = () => {
  of("saved").textContent = `✓ ${new Date().toLocaleTimeString(at.language, { hour: "2-digit", minute: "2-digit" })}`;
};

const send = (files, field) => {
  for (const file of files) {
    waiting = waiting.then(() => asked(async () => {
      const query = { app: at.app, name: file.name, field, stamp: at.stamp };
      at.stamp = (await (await ask("/file", query, file)).json()).stamp;
      saved();
    })).then(show);
  }
};

const blobOf = async (path) => (await ask("/document", { app: at.app, path })).blob();
const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

// The upload sheet beside the portal: every value with a button whose mark stays.
const sheet = async () => {
  const html = await (await ask("/sheet", { app: at.app })).text();
  of("sheet").innerHTML = html;
  const name = `clspack ${at.app} ${at.stamp}`;
  const marks = new Set(JSON.parse(localStorage.getItem(name) ?? "[]"));
  for (const row of of("sheet").querySelectorAll("tr")) {
    const [head, value, place] = row.children;
    if (!place || value.tagName !== "TD" || row.closest("thead,.files")) continue;
    const label = head.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    const mark = () => {
      row.classList.toggle("copied", marks.has(label));
      button.textContent = marks.has(label) ? words.copied : words.copy;
      button.setAttribute("aria-label", `${button.textContent}: ${label}`);
    };
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(value.innerText.trim());
      marks.add(label);
      localStorage.setItem(name, JSON.stringify([...marks]));
      mark();
    });
    mark();
    place.replaceChildren(button);
  }
};

addEventListener("change", (event) => {
  const { dataset, value, files, id } = event.target;
  if (id === "language") {
    at.language = value;
    localStorage.setItem("clspack-language", value);
    load().then(show);
  } else if (id === "filter") {
    for (const one of document.querySelectorAll("[data-answer]")) {
      one.hidden = (value === "open" && one.dataset.given !== "") || (value === "wrong" && !("wrong" in one.dataset));
    }
  } else if (dataset.path) {
    change(dataset.path, value);
  } else if (dataset.list) {
    change(dataset.list, value.split(/[\n、;；]/).map((one) => one.trim()).filter(Boolean));
  } else if (dataset.add && value) {
    change(dataset.add, value);
  } else if (files?.length) {
    send(files, dataset.file);
  }
});

addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.id === "new") {
    asked(async () => {
      const body = JSON.stringify({ name: form.elements.name.value });
      at.app = (await (await ask("/new", {}, body)).json()).app;
      await go("route");
    });
  } else if (form.dataset.addForm && form.elements.value.value) {
    change(form.dataset.addForm, form.elements.value.value);
  }
});

addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { dataset, id } = button;
  if (id === "home") {
    at.app = null;
    sessionStorage.removeItem("clspack-at");
    show();
  } else if (id === "undo") {
    waiting = waiting.then(() => asked(async () => { at.stamp = (await (await ask("/undo", { app: at.app }, "")).json()).stamp; saved(); })).then(show);
  } else if (id === "end") {
    asked(async () => { await ask("/end", {}, ""); at.ended = true; of("frame").hidden = true; notice(words.ended); });
  } else if (dataset.app) {
    at.app = dataset.app;
    go("route");
  } else if (dataset.go) {
    go(dataset.go, dataset.to);
  } else if (dataset.remove) {
    change(dataset.remove, null);
  } else if (dataset.document) {
    asked(async () => {
      const blob = await blobOf(dataset.document);
      if (dataset.save) return save(blob, dataset.save);
      const frame = document.createElement("iframe");
      frame.title = dataset.document;
      frame.src = URL.createObjectURL(blob);
      of("document").replaceChildren(frame);
      frame.focus();
    });
  } else if ("pack" in dataset) {
    asked(async () => { save(await (await ask("/pack", { app: at.app })).blob(), `${at.app === "." ? "pack" : at.app}.zip`); notice(words.packed); });
  }
});

for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  addEventListener(name, (event) => {
    const place = event.target.closest?.("#drop,.field");
    const field = place?.querySelector("[data-file]");
    if (!field) { if (name !== "dragleave") event.preventDefault(); return; }
    event.preventDefault();
    place.classList.toggle("over", over);
    if (name === "drop") send(event.dataTransfer.files, field.dataset.file);
  });
}

// Enter in a line writes it, unless it ends the conversion of an input method.
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.target.matches("input[data-path]")) event.target.blur();
});

const load = () => asked(async () => { words = await (await ask("/words", { lang: at.language })).json(); for (const id of ["undo", "end"]) of(id).textContent = words[id]; });

const alive = async () => {
  if (at.ended) return;
  try {
    const { stamp } = await (await ask("/alive", { app: at.app })).json();
    const typing = document.activeElement?.matches("input,textarea");
    if (at.app !== null && stamp !== at.stamp && !typing) { await waiting; if (stamp !== at.stamp) { notice(words.changed); await show(); } }
    at.lost = false;
  } catch (fault) {
    if (!at.lost) notice(fault.message);
    at.lost = true;
  }
};

const before = JSON.parse(sessionStorage.getItem("clspack-at") ?? "null");
if (before) [at.app, at.screen] = before;
await load();
await show();
setInterval(alive, 3000);
