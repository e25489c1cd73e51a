"use strict";
// Watches a job, or all that run: asks for its state every two seconds and shows it, until it is done.

const WAIT = 2000;

function show(panel, job) {
  const bar = panel.querySelector("progress");
  bar.max = job.total || 1;
  bar.value = job.done;
  panel.querySelector("[data-label]").textContent = job.label;
  panel.querySelector("[data-count]").textContent = job.total ? `${job.done} / ${job.total}` : "";
  panel.querySelector("[data-note]").textContent = job.note;
  const error = panel.querySelector("[data-error]");
  error.textContent = job.error;
  error.hidden = !job.error;
}

async function watch(panel) {
  try {
    const answer = await fetch(panel.dataset.watch, { headers: { Accept: "application/json" } });
    const job = await answer.json();
    show(panel, job);
    if (job.next) return location.assign(job.next);
    if (job.state === "failed" || job.state === "cancelled") return location.reload();
  } catch {
    // The server restarts or the network is away: the next look will tell.
  }
  setTimeout(watch, WAIT, panel);
}

document.querySelectorAll("[data-watch]").forEach((panel) => setTimeout(watch, WAIT, panel));

// A part of the page that is fetched again every few seconds, unless someone is in it.
const POLL = 4000;

async function poll(part) {
  if (!document.hidden && !part.contains(document.activeElement)) {
    try {
      const answer = await fetch(part.dataset.poll);
      if (answer.ok && !answer.redirected) part.innerHTML = await answer.text();
    } catch {
      // As above: the next look will tell.
    }
  }
  setTimeout(poll, POLL, part);
}

document.querySelectorAll("[data-poll]").forEach((part) => setTimeout(poll, POLL, part));
