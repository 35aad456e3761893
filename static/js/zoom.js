// A photograph opens large on the same page, and the small ones say where one is. Without script each photograph is a
// link to itself in full size, and the small ones lead to their place in the strip.
const calm = matchMedia("(prefers-reduced-motion: reduce)");

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const photos = [...gallery.querySelectorAll(".gallery__photo")];
  if (!photos.length) continue;
  openLarge(gallery, photos);
  sayWhere(gallery, photos);
}

function openLarge(gallery, photos) {
  const dialog = gallery.querySelector("dialog");
  const [stage, where, closer] = [".zoom__stage", ".zoom__where", "[data-zoom=closer]"].map((part) => dialog.querySelector(part));
  const large = new Image();
  stage.append(large);
  let at = 0;

  function show(number) {
    at = (number + photos.length) % photos.length;
    large.src = photos[at].href;
    large.alt = photos[at].querySelector("img").alt;
    where.textContent = `${at + 1} / ${photos.length}. ${large.alt}`;
    enlarge(false);
  }

  function enlarge(isLarge) {
    dialog.classList.toggle("zoom--closer", isLarge);
    closer.setAttribute("aria-pressed", isLarge);
    if (isLarge) stage.scrollTo((stage.scrollWidth - stage.clientWidth) / 2, (stage.scrollHeight - stage.clientHeight) / 2);
  }

  const acts = {
    close: () => dialog.close(),
    closer: () => enlarge(!dialog.classList.contains("zoom--closer")),
    before: () => show(at - 1),
    next: () => show(at + 1),
  };

  for (const [number, photo] of photos.entries()) {
    photo.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      show(number);
      dialog.showModal();
      dialog.querySelector("[data-zoom=close]").focus();
    });
  }
  // Whoever turned pages in it goes on from the photograph seen last.
  dialog.addEventListener("close", () => photos[at].focus());
  dialog.addEventListener("click", ({ target }) => acts[target.dataset?.zoom]?.());
  large.addEventListener("click", acts.closer);
  dialog.addEventListener("keydown", ({ key }) => {
    if (dialog.classList.contains("zoom--closer")) return; // the arrows move over the photograph
    if (key === "ArrowLeft") acts.before();
    if (key === "ArrowRight") acts.next();
  });
}

function sayWhere(gallery, photos) {
  const strip = gallery.querySelector(".gallery__strip");
  const small = [...gallery.querySelectorAll(".gallery__small a")];
  for (const [number, link] of small.entries()) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      strip.scrollTo({ left: photos[number].offsetLeft - strip.offsetLeft, behavior: calm.matches ? "auto" : "smooth" });
    });
  }
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      for (const [number, link] of small.entries()) {
        if (photos[number] === target) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
  }, { root: strip, threshold: 0.6 });
  for (const photo of photos) seen.observe(photo);
}
