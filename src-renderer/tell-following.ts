import { toast } from 'sonner';

/** Another window trains this project: what each of them may expect. */
export function tellFollowing(name: string): void {
  toast(`Another window has ${name} open`, {
    description: 'Both follow the same run. Each has a canvas of its own: edits here are not seen there, and Train here ends the run for both.',
    duration: 12_000,
  });
}
