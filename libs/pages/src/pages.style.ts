/** One column that a phone shows without scrolling sideways; colours for light and dark, each at 4.5:1 and more. */
export const STYLE = `
  :root { color-scheme: light dark; --text: #1b1f24; --quiet: #57606a; --ground: #fff; --field: #fff; --line: #78828e;
    --act: #0b57d0; --on-act: #fff; --fault: #a40e26 }
  @media (prefers-color-scheme: dark) { :root { --text: #e6e9ee; --quiet: #a8b1bd; --ground: #14171c; --field: #1e2229;
    --line: #7b8794; --act: #8ab4f8; --on-act: #10131a; --fault: #ff9aa8 } }
  body { font: 17px/1.55 system-ui, sans-serif; margin: clamp(1.5rem, 12vh, 8rem) auto; max-width: 26rem;
    padding: 0 1.25rem; color: var(--text); background: var(--ground); overflow-wrap: break-word }
  h1 { font-size: 1.5rem; line-height: 1.25 } label { display: block; margin-top: 1.25rem; font-weight: 600 }
  .hint, .fault { margin: 0 } .hint { color: var(--quiet) } .fault { color: var(--fault); font-weight: 600 }
  input { box-sizing: border-box; font: inherit; margin-top: .35rem; padding: .55rem; width: 100%; color: inherit;
    background: var(--field); border: 1px solid var(--line); border-radius: 6px }
  input[aria-invalid] { border: 2px solid var(--fault) }
  button { font: inherit; font-weight: 600; margin: 1.5rem 0; padding: .65rem 1.2rem; border: 1px solid transparent;
    border-radius: 6px; background: var(--act); color: var(--on-act); cursor: pointer }
  input:focus-visible, button:focus-visible { outline: 3px solid var(--act); outline-offset: 2px }`;
