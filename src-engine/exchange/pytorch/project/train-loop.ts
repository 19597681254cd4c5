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
    return {name: tensor if "lengths" in name else tensor.to(device) for name, tensor in batch.items()}


def update(model, parameters, optimizer, batch, processes):
    """One update; the loss is a mean over what counts in the rows of all processes."""
    model.train()
    loss, count = loss_sum(run(model, batch), batch)
    loss_of_all, count_of_all = total(loss, count)
    if not math.isfinite(loss_of_all):
        raise SystemExit("The loss is not a finite number any more. Lower the learning rate, or clip the gradient.")
    count_of_all = max(1, count_of_all)
    optimizer.zero_grad()
    # DistributedDataParallel takes the mean over the processes.
    (loss * (processes / count_of_all)).backward()
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
    total_steps = args.epochs * data.count_batches(args.data / "train.jsonl", args.batch_size, processes)
    shuffle, plateau, step, best, waited = random.Random(args.seed), Plateau(), 0, math.inf, 0
    for epoch in range(args.epochs):
        for batch in data.batches(args.data / "train.jsonl", args.batch_size, shuffle, rank, processes):
            for group in optimizer.param_groups:
                group["lr"] = LEARNING_RATE * rate_factor(step, epoch, total_steps, plateau.factor)
            loss = update(shared, parameters, optimizer, on_device(batch, device), processes)
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
