// Keeps "What Dynamics sent" up to date while the page is visible, and asks before a member is deleted.

const INTERVAL_MS = 1500;

const panel = document.querySelector("[data-deliveries]");

async function refresh() {
  if (document.visibilityState !== "visible") return;
  const headers = { "if-none-match": panel.dataset.revision };
  const response = await fetch(panel.dataset.deliveries, { headers }).catch(() => undefined);
  if (response?.status !== 200) return;
  panel.innerHTML = await response.text();
  panel.dataset.revision = response.headers.get("etag");
}

if (panel) {
  setInterval(() => void refresh(), INTERVAL_MS);
  document.addEventListener("visibilitychange", () => void refresh());
}

const dialog = document.querySelector("dialog");
document.querySelector("[data-opens-dialog]")?.addEventListener("click", () => dialog.showModal());
dialog?.querySelector("[data-closes-dialog]")?.addEventListener("click", () => dialog.close());
