import { consents } from "../register.tsx";

export const GET = consents.file;
