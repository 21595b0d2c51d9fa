// How the chat looks. It takes nothing from the page but its color scheme and the custom properties named --candidacy-….

export const STYLE = `
:host {
  all: initial;
  color-scheme: inherit;
  --bg: var(--candidacy-background, #fff);
  --text: var(--candidacy-text, #1d2733);
  --accent: var(--candidacy-accent, #0a5c8f);
  --on-accent: var(--candidacy-on-accent, #fff);
  --muted: #46535f; --soft: #eef3f7; --own: #d9eaf5; --line: #66788a; --faint: #cfd9e2;
  --alarm: #fff0ee; --alarm-line: #b3261e; --call: #b3261e; --on-call: #fff;
  --radius: var(--candidacy-radius, 12px);
  --edge: var(--candidacy-edge, 1rem);
}
@supports (color: light-dark(red, red)) {
  :host {
    --bg: var(--candidacy-background, light-dark(#fff, #17212b));
    --text: var(--candidacy-text, light-dark(#1d2733, #eef3f7));
    --accent: var(--candidacy-accent, light-dark(#0a5c8f, #8accf5));
    --on-accent: var(--candidacy-on-accent, light-dark(#fff, #0b1a26));
    --muted: light-dark(#46535f, #bccad6); --soft: light-dark(#eef3f7, #24323f); --own: light-dark(#d9eaf5, #1d4660);
    --line: light-dark(#66788a, #8ea1b3); --faint: light-dark(#cfd9e2, #3a4b5b);
    --alarm: light-dark(#fff0ee, #3b2020); --alarm-line: light-dark(#b3261e, #ff9c92);
    --call: light-dark(#b3261e, #ffb4ab); --on-call: light-dark(#fff, #410e0b);
  }
}
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }

.root {
  font: max(17px, 1rem)/1.5 var(--candidacy-font, system-ui, sans-serif);
  color: var(--text);
  overflow-wrap: anywhere;
  -webkit-text-size-adjust: 100%;
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
p, h2, ul, ol { margin: 0; padding: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

/* What can be pressed */
button, .call {
  font: inherit; min-height: 44px; min-width: 44px; padding: .4em .8em; border-radius: var(--radius);
  border: 1px solid var(--line); background: var(--bg); color: var(--text); cursor: pointer; text-align: start;
}
button:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; box-shadow: 0 0 0 2px var(--bg); }
button:disabled, button[aria-disabled] { color: var(--muted); background: transparent; border-style: dashed; cursor: default; text-decoration: none; }
.primary { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
.row, .calls { display: flex; flex-wrap: wrap; gap: .5em; }
.calls { margin-top: .5em; }
.alarm .calls { margin: .2em 0 .5em; }
.card .calls { margin: 0 0 .5em; }
a { color: var(--accent); text-decoration: underline; }
.bubble a, .card p a { padding-block: .15em; font-weight: 600; color: inherit; }
.call { display: inline-flex; align-items: center; font-weight: 600; text-decoration: none; color: var(--text); border-width: 2px; }
.call.danger { background: var(--call); color: var(--on-call); border-color: var(--call); }

/* While it is closed */
.closed {
  position: fixed; z-index: var(--candidacy-layer, 2147483000); inset-block-end: var(--edge); inset-inline-end: var(--edge);
  display: flex; flex-direction: column; align-items: flex-end; gap: .75rem; max-width: calc(100vw - 2 * var(--edge));
  max-height: calc(100vh - 2 * var(--edge));
}
.launcher {
  display: flex; align-items: center; gap: .6em; min-height: 52px; padding: .5em 1.2em; border-radius: 2em; font-weight: 600; flex: none;
  background: var(--accent); color: var(--on-accent); border: 2px solid var(--bg); box-shadow: 0 2px 10px rgb(0 0 0 / .25);
}
.badge {
  min-width: 1.7em; padding: 0 .45em; border-radius: 1em; text-align: center; background: var(--bg); color: var(--text); border: 1px solid transparent;
}
.card {
  width: min(24rem, 100%); padding: 1em; border-radius: var(--radius); overflow: auto;
  background: var(--alarm); border: 2px solid var(--alarm-line);
}
.card .row { margin-top: .75em; }

/* The panel */
.panel {
  position: fixed; z-index: var(--candidacy-layer, 2147483000); inset: auto; margin: 0; padding: 0; max-width: none; max-height: none;
  inset-inline-end: var(--edge); inset-block-end: calc(var(--edge) + var(--covered, 0px));
  width: min(27rem, 100vw - 2 * var(--edge));
  height: min(48rem, 100vh - 2 * var(--edge) - var(--covered, 0px));
  color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: var(--radius);
  box-shadow: 0 6px 30px rgb(0 0 0 / .25); overflow: hidden; container-type: size;
}
.panel:modal {
  inset: var(--pushed, 0px) 0 auto 0; width: 100%; height: calc(100vh - var(--covered, 0px)); border: 0; border-radius: 0;
}
@supports (height: 100dvh) { .panel:modal { height: calc(100dvh - var(--covered, 0px)); } }
.panel::backdrop { background: var(--bg); }
.frame { display: flex; flex-direction: column; height: 100%; position: relative; overflow-y: auto; }
.head { display: grid; grid-template-columns: 1fr auto; column-gap: .75em; padding: .6em 1em; border-bottom: 1px solid var(--faint); }
.names { display: contents; }
.head > button { grid-area: 1 / 2 / 3; align-self: start; }
.clinic, h2 { grid-column: 1; }
#about { grid-column: 1 / 3; }
.clinic { font-size: .9em; color: var(--muted); line-height: 1.3; }
h2 { font-size: 1.15em; line-height: 1.3; outline-offset: 4px; }
#about { font-size: .95em; color: var(--muted); line-height: 1.35; }
.log { flex: 1 1 auto; min-height: 7em; overflow-y: auto; overscroll-behavior: contain; padding: 1em; outline-offset: -3px; }
.messages { list-style: none; display: flex; flex-direction: column; gap: 1em; }
.messages:empty::before { content: attr(data-empty); color: var(--muted); animation: appear 0s .6s both; }
@keyframes appear { from { visibility: hidden; } }
.message { display: flex; flex-direction: column; align-items: flex-start; max-width: 92%; }
.message.own { align-self: flex-end; align-items: flex-end; }
.author { font-size: .9em; color: var(--muted); margin-bottom: .15em; }
.bubble { padding: .6em .9em; border-radius: var(--radius); background: var(--soft); border: 1px solid transparent; max-width: 100%; }
.bubble > * + *, .card > p + p { margin-top: .5em; }
.bubble ul { padding-inline-start: 1.2em; }
.bubble li + li { margin-top: .2em; }
.own .bubble { background: var(--own); }
.staff .bubble { background: var(--bg); border: 2px solid var(--accent); }
.alarm .bubble { background: var(--alarm); border: 2px solid var(--alarm-line); font-weight: 600; }
.alarm .author { color: var(--text); font-weight: 600; }
.waiting .bubble { background: transparent; border: 1px dashed var(--line); }
.typed { white-space: pre-wrap; }
.status { font-size: .9em; color: var(--muted); margin: .2em 0; }
.choices { list-style: none; display: flex; flex-wrap: wrap; gap: .5em; margin-top: .6em; }
.choice { border: 2px solid var(--accent); background: var(--bg); color: var(--accent); font-weight: 600; }
.choice:disabled, .choice[aria-disabled] { font-weight: 400; border: 1px dashed var(--line); }
.writing { margin-top: 1em; color: var(--muted); }
.notice { padding: .75em 1em; border-top: 1px solid var(--faint); background: var(--soft); }
.notice .row { margin-top: .5em; }
.notice.away { border-top: 3px solid var(--alarm-line); }
.notices, .head, .composer, .foot { flex: none; }
.composer { padding: .6em 1em 0; border-top: 1px solid var(--faint); }
.composer label { display: block; margin-bottom: .15em; font-size: .9em; color: var(--muted); }
.entry { display: flex; gap: .5em; align-items: flex-end; }
textarea {
  flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: var(--radius);
  padding: .55em .8em; min-height: 48px; max-height: 7.5em; resize: none; field-sizing: content;
}
.entry button { min-height: 48px; }
.error { margin-top: .4em; color: var(--alarm-line); font-weight: 600; }
.foot { padding: .6em 1em .8em; }
#more { margin-top: .5em; }

/* A low screen, or a keyboard over half of it: everything scrolls, and the text field stays in reach */
@container (max-height: 30rem) {
  .log { overflow: visible; flex: none; min-height: 2em; }
  .composer { position: sticky; bottom: 0; background: var(--bg); padding-bottom: .4em; }
  .composer label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
}
@media (prefers-contrast: more) { .bubble, .notice { border: 1px solid var(--text); } }
@media (forced-colors: active) {
  .primary, .choice, .launcher, .call.danger { border: 2px solid ButtonText; }
  .bubble, .badge { border-color: CanvasText; }
  .alarm .bubble, .card { border: 4px double CanvasText; }
  :focus-visible { outline-color: Highlight; }
}
@media print { .root { display: none; } }
`;
