import { breaches } from "../../register.tsx";

export const GET = breaches.file;
