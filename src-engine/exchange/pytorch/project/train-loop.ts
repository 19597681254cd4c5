/** The part of `train.py` that is the same for every project: one update, validation, epochs, processes. */
export const TRAIN_LOOP = `def total(*numbers):
    """The sums over all processes."""
    sums = torch.stack([torch.as_tensor(number, dtype=torch.float64).detach().cpu() for number in numbers])
    if dist.is_initialized():
        if dist.get_backend() == "nccl":
            sums = sums.cuda()
        dist.all_reduce(sums)
    return sums.tolist()


def on_device(batch, device):
    # Lengths stay where they are: packed sequences want them on the CPU.
    return {name: value if "lengths" in name or name == "steps" else value.to(device) for name, value in batch.items()}


def windows(batch):
    """The windows that a batch is cut into, up to the last with a loss, and whether each has one; states go on from one to the next."""
    # Rows of other processes may be longer than those here.
    longer = lambda values, fill: nn.functional.pad(values, (0, 0) * (values.dim() - 2) + (0, batch["steps"] - values.shape[1]), value=fill)
    x, lengths, states, cut = longer(batch["x"], 0), batch["lengths"], {}, []
    targets = longer(batch["y"], -1) if data.OUTPUT["perStep"] else batch["y"]
    for start in range(0, batch["steps"], WINDOW):
        length = min(WINDOW, batch["steps"] - start)
        y = targets[:, start : start + length] if data.OUTPUT["perStep"] else targets
        ends = ((lengths > start) & (lengths <= start + length)).to(x.device)
        counts = ends if not data.OUTPUT["perStep"] else (y >= 0).flatten() if "classes" in data.OUTPUT else lengths > start
        window = {"x": x[:, start : start + length], "lengths": (lengths - start).clamp(0, length), "y": y, "ends": ends}
        cut.append(({**window, "states": states, "steps": length}, total(counts.sum())[0] > 0))
    last = max((place for place, (_, counts) in enumerate(cut) if counts), default=len(cut) - 1)
    return cut[: last + 1]


def parts(model, batch):
    """What updates are made of: the batch, or its windows with a loss."""
    if WINDOW is None:
        yield batch
        return
    for window, counts in windows(batch):
        if counts:
            yield window
        else:
            with torch.no_grad():
                run(model, window)
        # The gradient ends where a window begins.
        for name, state in window["states"].items():
            window["states"][name] = tuple(each.detach() for each in state) if isinstance(state, tuple) else state.detach()


def read_before(model, batch, share):
    """What a decoder reads: the wanted class at this share of the steps, at the others its own answer to what it has read."""
    inner, wanted = getattr(model, "module", model), batch["y"]
    read = wanted.clone()
    with torch.no_grad():
        for t in range(wanted.shape[1]):
            own = run(inner, {**batch, "y": read})[:, t].argmax(-1)
            given = torch.rand(len(wanted), device=wanted.device) < share
            read[:, t] = torch.where(given, wanted[:, t], own)
    return read


def update(model, parameters, optimizer, batch, processes, share):
    """One update; the loss is a mean over what counts in the rows of all processes."""
    model.train()
    out = run(model, batch if share == 1 else {**batch, "y": read_before(model, batch, share)})
    loss, count = loss_sum(out, batch)
    loss_of_all, count_of_all = total(loss, count)
    if not math.isfinite(loss_of_all):
        raise SystemExit("The loss is not a finite number any more. Lower the learning rate, or clip the gradient.")
    count_of_all = max(1, count_of_all)
    optimizer.zero_grad()
    # DistributedDataParallel takes the mean over the processes.
    (loss * (processes / count_of_all)).backward()
    average_copies(model, batch["steps"])
    clip(parameters)
    optimizer.step()
    return loss_of_all / count_of_all


def validate(model, path, batch_size, place, device):
    if not path.exists():
        return None
    model.eval()
    loss, count = 0.0, 0
    with torch.no_grad():
        for batch in data.batches(path, batch_size, None, *place):
            batch = on_device(batch, device)
            part, rows = loss_sum(run(model, batch), batch)
            loss, count = loss + float(part), count + int(rows)
    loss, count = total(loss, count)
    return loss / count if count else None


def train(args, rank, processes, device):
    torch.manual_seed(args.seed + rank)
    model = Model()
    load_weights(model, read_weights(args.weights))
    model.to(device)
    parameters = [each for each in model.parameters() if each.requires_grad]
    optimizer = make_optimizer(parameters)
    shared = nn.parallel.DistributedDataParallel(model) if processes > 1 else model
    train_file = args.data / "train.jsonl"
    updates = data.count_batches(train_file, args.batch_size, processes) if WINDOW is None else data.count_updates(train_file, args.batch_size, processes, WINDOW)
    shuffle, plateau, step, best, waited = random.Random(args.seed), Plateau(), 0, math.inf, 0
    for epoch in range(args.epochs):
        progress = epoch / (args.epochs - 1) if args.epochs > 1 else 0.0
        share = 1.0 if TEACHER is None else TEACHER[0] + (TEACHER[1] - TEACHER[0]) * progress
        batches = data.batches(train_file, args.batch_size, shuffle, rank, processes)
        for batch in (part for whole in batches for part in parts(shared, on_device(whole, device))):
            for group in optimizer.param_groups:
                group["lr"] = LEARNING_RATE * rate_factor(step, epoch, args.epochs * updates, plateau.factor)
            loss = update(shared, parameters, optimizer, batch, processes, share)
            step += 1
            if rank == 0 and (step <= 10 or step % 50 == 0):
                print(f"step {step}  loss {loss:.6f}", flush=True)
            if step == args.steps:
                break
        validation = validate(model, args.data / "validation.jsonl", args.batch_size, (rank, processes), device)
        plateau.after(validation)
        better = EARLY_STOP is None or validation is None or validation < best - EARLY_STOP[1]
        best, waited = (best if validation is None else min(best, validation), 0) if better else (best, waited + 1)
        if rank == 0:
            print(f"epoch {epoch + 1}  validation loss {'none' if validation is None else format(validation, '.6f')}", flush=True)
            if better:
                write_weights(args.out, named_weights(model))
        if step == args.steps or (EARLY_STOP is not None and waited >= EARLY_STOP[0]):
            break


def main():
    args = options()
    processes = int(os.environ.get("WORLD_SIZE", 1))
    rank, local = int(os.environ.get("RANK", 0)), int(os.environ.get("LOCAL_RANK", 0))
    cuda = torch.cuda.is_available()
    device = torch.device("cuda", local) if cuda else torch.device("cpu")
    if cuda:
        torch.cuda.set_device(device)
    if processes > 1:
        dist.init_process_group("nccl" if cuda else "gloo")
    train(args, rank, processes, device)
    if processes > 1:
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
`;
