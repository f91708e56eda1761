// Small conveniences that the browser keeps beside the progress; nothing is lost with them.
//
// remember(name, value), remembered(name) -> value or null, forget(name)
// RUNNING: whether a session was interrupted; WISH: what was chosen last

export const RUNNING = "ecsquiz:practice-running";
export const WISH = "ecsquiz:practice-wish";

export function remembered(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // it is only a convenience
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // as above
  }
}
