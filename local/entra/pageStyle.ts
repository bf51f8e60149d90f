/** How the sign-in looks: light or dark as the system asks, down to 320 px, high contrast by system colors. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(#f3f4f6, #141414);
  --card: light-dark(#fff, #1f1f1f);
  --line: light-dark(#e0e0e0, #3d3d3d);
  --text: light-dark(#242424, #fff);
  --quiet: light-dark(#5c5c5c, #adadad);
  --hover: light-dark(#f5f5f5, #2b2b2b);
  --brand: light-dark(#0f6cbd, #62abf5);
  --tint: light-dark(#ebf3fc, #0c3b5e);
  --on-tint: light-dark(#0f548c, #cfe4fa);
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100vh;
  display: grid;
  place-items: center;
  padding: 24px 16px;
  background: var(--canvas);
  color: var(--text);
  font: 14px/20px "Segoe UI", "Segoe UI Web (West European)", system-ui, -apple-system, Roboto, "Helvetica Neue", sans-serif;
}
main {
  width: min(100%, 460px);
  padding: 32px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--card);
  box-shadow: 0 2px 4px rgb(0 0 0 / 8%), 0 8px 24px rgb(0 0 0 / 6%);
}
.product { display: flex; align-items: center; gap: 8px; font-weight: 600; color: var(--brand); }
svg { flex: none; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
h1 { margin-top: 16px; font-size: 24px; line-height: 32px; font-weight: 600; text-wrap: balance; }
.lead { margin-top: 8px; overflow-wrap: anywhere; }
ul { list-style: none; margin-top: 20px; padding: 0; display: grid; gap: 8px; }
button {
  display: flex;
  align-items: center;
  gap: 12px;
  width: 100%;
  padding: 10px 12px;
  border: 1px solid var(--line);
  border-radius: 8px;
  background: none;
  color: inherit;
  font: inherit;
  text-align: start;
  cursor: pointer;
}
button:hover { background: var(--hover); border-color: var(--quiet); }
button:focus-visible { outline: 2px solid var(--brand); outline-offset: 2px; }
.avatar {
  flex: none;
  width: 40px;
  height: 40px;
  display: grid;
  place-items: center;
  border-radius: 50%;
  background: var(--tint);
  color: var(--on-tint);
  font-weight: 600;
}
.who { flex: 1; min-width: 0; }
.name { font-weight: 600; }
.role, .organization { display: block; font-size: 12px; line-height: 16px; color: var(--quiet); }
.badge {
  margin-inline-start: 4px;
  padding: 0 6px;
  border-radius: 4px;
  background: var(--tint);
  color: var(--on-tint);
  font-size: 12px;
}
.chevron { color: var(--quiet); stroke-width: 1.5; }
.note {
  margin-top: 20px;
  padding-top: 16px;
  border-top: 1px solid var(--line);
  font-size: 12px;
  line-height: 18px;
  color: var(--quiet);
}
.command { display: block; }
code { font: 12px/18px Consolas, "Cascadia Mono", ui-monospace, monospace; color: var(--text); overflow-wrap: anywhere; }
@media (max-width: 480px) {
  body { padding: 0; place-items: stretch; background: var(--card); }
  main { width: 100%; padding: 24px 16px; border: 0; border-radius: 0; box-shadow: none; }
}
`;
