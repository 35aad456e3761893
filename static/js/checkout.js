// Another country brings its own fields and prices at once; without script the button beside it does.
const button = document.querySelector("[data-switch]");
const country = document.querySelector("#id_country");

country?.addEventListener("change", async () => {
  const form = country.form;
  const body = new FormData(form);
  body.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok) throw new Error(answer.statusText);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    document.querySelector("#switch-said").textContent = button.dataset.switch;
  } catch {
    form.requestSubmit(button);
  }
});
if (button) button.hidden = true;

function show(page) {
  for (const part of document.querySelectorAll("[data-fresh]")) {
    const fresh = page.getElementById(part.id);
    if (fresh) {
      if (part.open) fresh.open = true;
      part.replaceWith(document.adoptNode(fresh));
    }
  }
}
