// Swagger UI on our own description; a script of its own, because the page allows none inside it.

const place = document.getElementById("swagger");
SwaggerUIBundle({
  url: place.dataset.url,
  dom_id: "#swagger",
  deepLinking: true,
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  presets: [SwaggerUIBundle.presets.apis],
});
