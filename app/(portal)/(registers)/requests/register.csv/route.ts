import { requestRegister } from "../register.tsx";

export const GET = requestRegister.file;
