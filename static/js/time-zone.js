// Tells the form in which time zone its reader lives, so that "valid until" ends with their day.
const field = document.querySelector("[data-time-zone]");
if (field && !field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
