// Tones, and the switches for what can be heard. Off until asked for, and remembered in this browser.

const LATE = 300; // milliseconds: a tone that could not sound in time is left out
let audio = null;

// A call or a locked screen interrupts it. Browsers let it go on after a tap; some without one.
async function running() {
  audio ??= new AudioContext();
  if (audio.state !== "running") await audio.resume();
}

const again = () => audio && !document.hidden && running().catch(() => {});
document.addEventListener("visibilitychange", again);
document.addEventListener("click", again, { capture: true });

// Never throws: without sound the count goes on.
export async function beep(pitch) {
  try {
    const asked = performance.now();
    await running();
    if (performance.now() - asked > LATE) return;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.12);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.13);
  } catch {
    // none to be had
  }
}

// <button aria-pressed="false">: whether it is on, as a function.
export function soundSwitch(button, name, sample) {
  let on = false;
  const show = () => button.setAttribute("aria-pressed", String(on));
  try {
    on = localStorage.getItem(name) === "on";
  } catch {
    // no storage allowed: off
  }
  button.addEventListener("click", () => {
    on = !on;
    show();
    try {
      localStorage.setItem(name, on ? "on" : "off");
    } catch {
      // for this page only
    }
    if (on) sample();
  });
  show();
  return () => on;
}
