"use strict";
// Looks whether the PDF is there, and opens it then: without a reload that takes the focus away.

const PAUSE = 2000;

async function look(panel) {
  try {
    const answer = await fetch(location.href, { method: "HEAD" });
    if (!answer.ok) return location.reload();
    if ((answer.headers.get("Content-Type") || "").startsWith("application/pdf")) {
      panel.querySelectorAll("[data-made], [data-making]").forEach((part) => {
        part.hidden = "making" in part.dataset;
      });
      return location.assign(location.href);
    }
  } catch {
    // The server restarts or the network is away: the next look will tell.
  }
  setTimeout(look, PAUSE, panel);
}

document.querySelectorAll("[data-waits]").forEach((panel) => setTimeout(look, PAUSE, panel));
