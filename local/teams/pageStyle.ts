/** How the channel looks: light or dark as the system asks, down to 320 px. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(#f5f5f5, #141414);
  --card: light-dark(#fff, #1f1f1f);
  --line: light-dark(#e0e0e0, #3d3d3d);
  --text: light-dark(#242424, #fff);
  --quiet: light-dark(#5c5c5c, #adadad);
  --hover: light-dark(#f5f5f5, #2b2b2b);
  --brand: light-dark(#4f52b2, #a6a7dc);
  --danger: light-dark(#b10e1c, #f1707b);
  --danger-canvas: light-dark(#fdf3f4, #3b0509);
  --danger-line: light-dark(#eeacb2, #6e0811);
  --warning: light-dark(#8a3707, #faa06b);
  --good: light-dark(#0e700e, #54b054);
}
* { box-sizing: border-box; margin: 0; }
body {
  padding: 32px 16px 64px;
  background: var(--canvas);
  color: var(--text);
  font: 14px/20px "Segoe UI", "Segoe UI Web (West European)", system-ui, -apple-system, Roboto, "Helvetica Neue", sans-serif;
}
header, main, #news { width: min(100%, 640px); margin-inline: auto; }
h1 { font-size: 24px; line-height: 32px; font-weight: 600; }
h2 { font-size: 14px; line-height: 20px; font-weight: 600; }
header p { margin-top: 4px; text-wrap: pretty; }
.quiet, time, .size, .subtle { color: var(--quiet); }
details { margin-top: 12px; }
summary { width: fit-content; cursor: pointer; color: var(--brand); font-weight: 600; border-radius: 4px; }
code, pre {
  display: block;
  margin-top: 8px;
  padding: 8px 12px;
  border: 1px solid var(--line);
  border-radius: 6px;
  background: var(--card);
  font: 12px/18px Consolas, "Cascadia Mono", ui-monospace, monospace;
  overflow-wrap: anywhere;
}
code { user-select: all; }
pre { max-height: 320px; overflow: auto; white-space: pre-wrap; color: var(--text); }
main { margin-top: 40px; display: grid; gap: 16px; }
article { padding: 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.meta { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 8px; }
time, .size { font-size: 12px; line-height: 16px; font-weight: 400; }
.size { margin-inline-start: auto; }
.card, .failure { margin-top: 12px; padding: 16px; border: 1px solid var(--line); border-radius: 6px; display: grid; gap: 8px; overflow-wrap: anywhere; }
.card p { white-space: pre-line; }
.failure { border-color: var(--danger-line); background: var(--danger-canvas); }
.failure .bolder { color: var(--danger); }
.failure details { margin-top: 4px; }
.bolder { font-weight: 600; }
.large { font-size: 16px; line-height: 22px; }
.color-attention { color: var(--danger); }
.color-warning { color: var(--warning); }
.color-good { color: var(--good); }
.color-accent { color: var(--brand); }
dl { display: grid; gap: 4px; }
dl div { display: grid; grid-template-columns: minmax(0, 10rem) minmax(0, 1fr); gap: 0 16px; }
dt { font-weight: 600; }
dd { margin: 0; font-variant-numeric: tabular-nums; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
.action { padding: 5px 12px; border: 1px solid var(--line); border-radius: 4px; color: inherit; font-weight: 600; text-decoration: none; }
.action:hover { background: var(--hover); }
#news { position: sticky; top: 4px; height: 0; text-align: center; }
#news a { display: inline-block; margin-top: 4px; padding: 6px 16px; border-radius: 16px; background: var(--brand); color: var(--card); font-weight: 600; text-decoration: none; }
.empty { padding: 48px 24px; border: 1px dashed var(--line); border-radius: 8px; text-align: center; }
.empty p { max-width: 46ch; margin: 8px auto 0; }
:focus-visible { outline: 2px solid var(--brand); outline-offset: 2px; }
@media (max-width: 480px) {
  body { padding-top: 16px; }
  dl { gap: 8px; }
  dl div { grid-template-columns: 1fr; }
}
`;
