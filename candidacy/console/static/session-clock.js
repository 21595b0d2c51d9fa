// Asks, some time before the session ends, whether somebody is still there; and leaves the page when it has ended.

const WARN_SECONDS = 120;
const notice = document.getElementById("session-notice");
const form = notice.querySelector("form");

async function secondsLeft(request) {
  const response = await fetch(request);
  return response.status === 401 ? 0 : (await response.json()).seconds;
}

function leave() {
  const here = location.pathname + location.search;
  location.assign(`/sign-in?ended&next=${encodeURIComponent(here)}`);
}

function wait(seconds) {
  setTimeout(look, Math.max(1, seconds > WARN_SECONDS ? seconds - WARN_SECONDS : seconds) * 1000);
}

// Another tab may have been used meanwhile, so the server is asked; asking prolongs nothing.
async function look() {
  try {
    go(await secondsLeft(new Request("/session")));
  } catch {
    wait(10);
  }
}

function go(seconds) {
  if (seconds <= 0) return leave();
  if (seconds > WARN_SECONDS) {
    notice.close();
  } else if (!notice.open) {
    notice.showModal();
  }
  wait(seconds);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const seconds = await secondsLeft(new Request(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }));
    if (seconds <= 0) return leave();
    notice.close();
  } catch {
    // Out of reach: the notice stays, and the clock goes on.
  }
});

wait(Number(notice.dataset.seconds));
