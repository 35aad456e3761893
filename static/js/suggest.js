// Suggestions while one types: an editable combobox with a list (ARIA 1.2), on every form[data-suggest]. The form stays a form:
// nothing here stops it from being sent, and without this file it is all there is.
const WAIT = 150;
const SHORTEST = 2;

for (const form of document.querySelectorAll("form[data-suggest]")) suggest(form, form.querySelector("input[name=q]"));

function suggest(form, field) {
  const list = element("ul", { className: "suggest", id: `${field.id}-list`, role: "listbox", hidden: true });
  const said = element("span", { className: "visually-hidden", role: "status" });
  list.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
  field.after(list, said);
  form.classList.add("suggests");
  // A search field has an Escape and a role of its own.
  field.type = "text";
  for (const [name, value] of Object.entries({
    role: "combobox", enterkeyhint: "search", inputmode: "search", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id,
  })) field.setAttribute(name, value);

  let asking = null;
  let timer = 0;
  let active = -1;

  const options = () => [...list.children];
  const isOpen = () => !list.hidden;

  function show(answer) {
    list.replaceChildren(...answer.items.map((item, place) => option(item, `${list.id}-${place}`)));
    said.textContent = answer.said;
    open(answer.items.length > 0);
  }

  function open(is) {
    list.hidden = !is;
    field.setAttribute("aria-expanded", String(is));
    mark(-1);
  }

  function mark(place) {
    active = place;
    options().forEach((one, number) => one.setAttribute("aria-selected", String(number === place)));
    const one = options()[place];
    if (one) {
      field.setAttribute("aria-activedescendant", one.id);
      one.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    asking?.abort();
    const words = field.value.trim();
    if (words.length < SHORTEST) return close();
    asking = new AbortController();
    try {
      const url = `${form.dataset.suggest}?q=${encodeURIComponent(words)}`;
      const response = await fetch(url, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (response.ok) show(await response.json());
      else close();
    } catch {
      // Another key was pressed, or the network is away: the form works as ever.
    }
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    said.textContent = "";
    open(false);
  }

  // The words as they were are asked once more only when they change.
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);

  field.addEventListener("keydown", (event) => {
    const number = options().length;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" && !isOpen()) {
      event.preventDefault();
      if (number && field.value.trim()) open(true);
      else return void ask();
      mark(0);
    } else if (!isOpen()) {
      return;
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      mark(active + 1 < number ? active + 1 : -1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      mark(active < 0 ? number - 1 : active - 1);
    } else if (event.key === "Home" && active >= 0) {
      event.preventDefault();
      mark(0);
    } else if (event.key === "End" && active >= 0) {
      event.preventDefault();
      mark(number - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      go(options()[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });

  // A press must not take the focus from the field before it counts.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const one = event.target.closest("[role=option]");
    if (one) go(one);
  });
}

function option({ title, kind, url }, id) {
  const one = element("li", { className: "suggest__one", id, role: "option" });
  one.dataset.url = url;
  one.append(element("span", { textContent: title }), " ", element("span", { className: "suggest__kind", textContent: kind }));
  return one;
}

function go(one) {
  location.assign(one.dataset.url);
}

function element(name, { role, ...properties }) {
  const made = Object.assign(document.createElement(name), properties);
  if (role) made.setAttribute("role", role);
  return made;
}
