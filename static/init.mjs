// What the page says while the application is on its way, and when it cannot start.
const say = (text) => {
  const status = document.getElementById("boot-status");
  if (status) status.textContent = text;
};

export default () => ({
  onFailure: (error) => {
    console.error(error);
    say("The checker could not start in this browser. The editor works, but nothing is checked.");
  },
});
