import { checksHeld } from "../register.tsx";

export const GET = checksHeld.file;
