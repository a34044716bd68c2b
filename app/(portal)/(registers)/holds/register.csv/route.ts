import { holdRegister } from "../register.tsx";

export const GET = holdRegister.file;
