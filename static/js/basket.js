// Changes in the basket happen at once, one after the other; without script the same buttons send the same forms.
const PAUSE = 250;
const said = document.querySelector("#basket-said");
const waiting = new Map();
let queue = Promise.resolve();

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.dataset.line || button?.hasAttribute("formaction")) return;
  const field = form.elements.quantity;
  const number = Number(field.value) + Number(button?.name === "step" ? button.value : 0);
  if (number <= 0) return; // taking out brings a message with the way back: a page of its own
  event.preventDefault();
  if (Number.isInteger(number)) field.value = number;
  soon(form, button?.name === "step" ? PAUSE : 0);
});

document.addEventListener("change", ({ target }) => {
  if (target.name === "quantity" && target.form?.dataset.line) target.form.requestSubmit();
});

for (const lines of document.querySelectorAll(".lines")) lines.dataset.live = "";

function soon(form, pause) {
  const line = form.dataset.line;
  clearTimeout(waiting.get(line));
  waiting.set(line, setTimeout(() => {
    waiting.delete(line);
    queue = queue.then(() => send(line));
  }, pause));
}

async function send(line) {
  const form = document.querySelector(`[data-line="${line}"]`);
  if (!form) return;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!answer.ok && answer.status !== 422) throw new Error(answer.statusText);
    if (!waiting.size) show(new DOMParser().parseFromString(await answer.text(), "text/html"), line);
  } catch {
    form.submit();
  }
}

function show(page, line) {
  const fresh = page.getElementById(line);
  if (!fresh) {
    location.reload();
    return;
  }
  const focused = document.activeElement?.id;
  for (const part of document.querySelectorAll("[data-fresh], #basket-count")) {
    const other = page.getElementById(part.id);
    if (other) part.replaceWith(document.adoptNode(other));
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  said.textContent = fresh.querySelector("[role=alert]") ? "" : fresh.dataset.said;
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const link = document.getElementById(button.dataset.copy);
    link.select();
    try {
      await navigator.clipboard.writeText(link.value);
      document.querySelector("#share-said").textContent = button.dataset.said;
    } catch {
      // Selected it is; copying is one key away.
    }
  });
}
