// A list that htmx narrows, sorts and turns in place: keeps the sheet open and the focus where it was, says how many there
// are, and leaves everything that goes wrong to the browser. Without it every link is still a link.
const region = () => document.getElementById("results");
let kept = null;

addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target !== region()) return;
  const sheet = document.getElementById("filters");
  kept = {
    sheet: sheet?.matches(":popover-open"),
    scroll: sheet?.scrollTop,
    open: [...region().querySelectorAll("details[open]")].map((one) => one.id),
    focus: document.activeElement,
    turned: Boolean(event.detail.requestConfig.elt.closest(".pages")),
  };
});

addEventListener("htmx:afterSwap", () => {
  if (!kept) return;
  for (const id of kept.open) document.getElementById(id)?.setAttribute("open", "");
  if (kept.sheet) reopen();
  settle();
  say(document.getElementById("found").textContent);
  last.time = performance.now();
  kept = null;
});

function reopen() {
  const sheet = document.getElementById("filters");
  sheet?.showPopover();
  if (sheet) sheet.scrollTop = kept.scroll;
}

// What was pressed may be gone, or be a plain word now: then the reader stands at the head of the list.
function settle() {
  const was = kept.focus;
  if (was === document.body || was?.isConnected) return;
  const same = was.id && document.getElementById(was.id);
  if (same && same.checkVisibility()) same.focus({ preventScroll: true });
  else document.getElementById("found").focus({ preventScroll: !kept.turned });
  if (kept.turned) document.getElementById("found").scrollIntoView();
}

function say(words) {
  const place = document.getElementById("said");
  place.textContent = "";
  setTimeout(() => { place.textContent = words; }, 100);
}

// The page that the browser shows for the same address tells what is wrong.
for (const trouble of ["htmx:responseError", "htmx:sendError", "htmx:timeout", "htmx:swapError"]) {
  addEventListener(trouble, (event) => location.assign(event.detail.pathInfo.finalRequestPath));
}

// An address without a list (somebody signed us out, say) has no region to swap in.
addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  if (event.detail.shouldSwap && !xhr.responseText.includes('id="results"')) {
    event.detail.shouldSwap = false;
    location.assign(pathInfo.finalRequestPath);
  }
});

// "Back" and "forward" ask again, as a press would: the newest wins, and nothing old is shown.
addEventListener("htmx:historyCacheMiss", (event) => {
  event.preventDefault();
  const place = { source: "#results", target: "#results", select: "#results", swap: "outerHTML" };
  htmx.ajax("GET", event.detail.path, place).catch(() => {}); // one that a newer press has taken the place of
});

// The second press of a hand that shakes would take out what the first has chosen: just after a press, or after the list
// has changed under the finger, the same place is not pressed again.
const PAUSE = 400;
let last = { time: -Infinity };
addEventListener(
  "click",
  (event) => {
    if (!event.detail || !region()?.contains(event.target)) return;
    const isSame = event.timeStamp - last.time < PAUSE && Math.hypot(event.clientX - last.x, event.clientY - last.y) < 12;
    last = { time: event.timeStamp, x: event.clientX, y: event.clientY };
    if (isSame && event.target.closest("[data-hx-boost] a")) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  },
  true,
);
