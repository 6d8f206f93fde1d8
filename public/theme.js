// Runs before the first paint, from a file of our own so that a strict Content-Security-Policy allows it.
// The chosen theme goes on <html>; without a choice the stylesheet follows the system. The time zone goes in a
// cookie, so that the server prints local times from the second visit on.
(() => {
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's theme then holds.
  }
  try {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store exists on https only
    if (zone) document.cookie = `tz=${encodeURIComponent(zone)};path=/;max-age=31536000;samesite=lax`;
  } catch {
    // Without a cookie the browser still corrects the times after it has loaded.
  }
})();
