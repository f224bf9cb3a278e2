// Starts the application from its module and its wasm, both on their way; where that fails, says so.
const say = (text) => {
  const status = document.getElementById("boot-status");
  if (status) status.textContent = text;
};

export default async (glue, wasm) => {
  try {
    const { default: init } = await glue;
    await init({ module_or_path: wasm });
  } catch (error) {
    console.error(error);
    say("The checker could not start in this browser. The editor works, but nothing is checked.");
  }
};
