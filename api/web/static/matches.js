// The matches of a need, as soon as they are there.

import { fragment } from "./fragment.js";

const place = document.getElementById("matches");
place.replaceChildren(...(await fragment(place.dataset.url)));
