/** The looks of the pages that the server writes itself: of the reader's system, light or dark, without anything loaded. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d8dce2, #383d45); --dim: light-dark(#5b6470, #9aa4b1); --mark: light-dark(#f3f5f8, #22262c); }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; display: flex; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 16px; width: 280px; flex: none; border-right: 1px solid var(--line); }
nav a { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
main { padding: 24px 32px; max-width: 900px; min-width: 0; }
h1, h2, h3 { line-height: 1.2; }
h2 { margin-top: 40px; border-bottom: 1px solid var(--line); }
a { color: light-dark(#0b5cad, #6db3f8); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
article { border-top: 1px solid var(--line); padding: 16px 0; }
code, pre { font: 13px/1.4 ui-monospace, monospace; }
pre { background: var(--mark); padding: 8px 12px; overflow: auto; }
table { border-collapse: collapse; width: 100%; }
td, th { border-bottom: 1px solid var(--line); padding: 4px 8px 4px 0; text-align: left; vertical-align: top; }
.dim { color: var(--dim); }
ul.shape { list-style: none; margin: 0; padding-left: 16px; border-left: 1px solid var(--line); }
@media (max-width: 800px) { body { display: block; } nav { position: static; width: auto; height: auto; border: 0; } main { padding: 16px; } }
`;
