namespace Followthrough.Analytics.Demo;

/// <summary>
/// A customer's numbers, E.164, all in 555-0100 to 555-0199, which is kept for fiction in every area code. A customer takes twenty of
/// an area code, so that numbers tell the first 3,000 customers apart.
/// </summary>
internal readonly struct PhoneNumbers(int customer)
{
    private const int PerCustomer = 20;
    private static readonly int[] AreaCodes = [.. Enumerable.Range(201, 780).Where(code => code % 100 != 11 && code / 10 % 10 != code % 10)];

    public string Switchboard => Number(0);

    public string Of(int contact) => Number(1 + contact % (PerCustomer - 1));

    private string Number(int index)
    {
        var block = customer / AreaCodes.Length % (100 / PerCustomer);
        return $"+1{AreaCodes[customer % AreaCodes.Length]}55501{block * PerCustomer + index:D2}";
    }
}
